using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting.Assert;

namespace nanoFramework.TestFramework;

/// <summary>Assertions, with the overloads that the device has: what compiles here compiles there.</summary>
public static class Assert
{
    /// <summary>The condition holds.</summary>
    public static void IsTrue(bool condition, string message = "") => MSTest.IsTrue(condition, message);

    /// <summary>The condition does not hold.</summary>
    public static void IsFalse(bool condition, string message = "") => MSTest.IsFalse(condition, message);

    /// <summary>The value is null.</summary>
    public static void IsNull(object? value, string message = "") => MSTest.IsNull(value, message);

    /// <summary>The value is not null.</summary>
    public static void IsNotNull(object? value, string message = "") => MSTest.IsNotNull(value, message);

    /// <summary>Both are one object.</summary>
    public static void AreSame(object? expected, object? actual, string message = "") => MSTest.AreSame(expected, actual, message);

    /// <summary>They are two objects.</summary>
    public static void AreNotSame(object? notExpected, object? actual, string message = "") =>
        MSTest.AreNotSame(notExpected, actual, message);

    /// <summary>The value is of the type.</summary>
    public static void IsInstanceOfType(object? value, Type expected, string message = "") =>
        MSTest.IsInstanceOfType(value, expected, message);

    /// <summary>The value is not of the type.</summary>
    public static void IsNotInstanceOfType(object? value, Type notExpected, string message = "") =>
        MSTest.IsNotInstanceOfType(value, notExpected, message);

    /// <summary>The value contains the expected text.</summary>
    public static void Contains(string expected, string value, string message = "") =>
        MSTest.IsTrue(
            value.Contains(expected, StringComparison.Ordinal), Combine(message, $"\"{value}\" does not contain \"{expected}\"."));

    /// <summary>The value does not contain the text.</summary>
    public static void DoesNotContains(string notExpected, string value, string message = "") =>
        MSTest.IsFalse(value.Contains(notExpected, StringComparison.Ordinal), Combine(message, $"\"{value}\" contains \"{notExpected}\"."));

    /// <summary>The value begins with the expected text.</summary>
    public static void StartsWith(string expected, string value, string message = "") =>
        MSTest.IsTrue(
            value.StartsWith(expected, StringComparison.Ordinal), Combine(message, $"\"{value}\" does not begin with \"{expected}\"."));

    /// <summary>The value ends with the expected text.</summary>
    public static void EndsWith(string expected, string value, string message = "") =>
        MSTest.IsTrue(
            value.EndsWith(expected, StringComparison.Ordinal), Combine(message, $"\"{value}\" does not end with \"{expected}\"."));

    /// <summary>The action throws an exception of exactly this type.</summary>
    public static void ThrowsException(Type exception, Action action, string message = "")
    {
        ArgumentNullException.ThrowIfNull(action);
        Type? thrown = null;
        try
        {
            action();
        }
#pragma warning disable CA1031 // Whatever it throws is what is asked about.
        catch (Exception e)
#pragma warning restore CA1031
        {
            thrown = e.GetType();
        }

        MSTest.AreEqual(exception, thrown, message);
    }

    /// <summary>Ends the test as skipped.</summary>
    public static void SkipTest(string? message = null) => throw new SkipTestException(message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(bool expected, bool actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(byte expected, byte actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(char expected, char actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(DateTime expected, DateTime actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(double expected, double actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(float expected, float actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(int expected, int actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(long expected, long actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(object? expected, object? actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(sbyte expected, sbyte actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(short expected, short actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(string? expected, string? actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(uint expected, uint actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(ulong expected, ulong actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values are equal.</summary>
    public static void AreEqual(ushort expected, ushort actual, string message = "") => MSTest.AreEqual(expected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(bool notExpected, bool actual, string message = "") => MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(byte notExpected, byte actual, string message = "") => MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(char notExpected, char actual, string message = "") => MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(double notExpected, double actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(float notExpected, float actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(int notExpected, int actual, string message = "") => MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(long notExpected, long actual, string message = "") => MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(object? notExpected, object? actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(short notExpected, short actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(string? notExpected, string? actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(uint notExpected, uint actual, string message = "") => MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    /// <summary>The values differ.</summary>
    public static void AreNotEqual(ushort notExpected, ushort actual, string message = "") =>
        MSTest.AreNotEqual(notExpected, actual, message);

    private static string Combine(string message, string fact) => message.Length == 0 ? fact : message + " " + fact;
}
