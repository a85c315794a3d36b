using System.Collections;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Assertions about collections.</summary>
public static class CollectionAssert
{
    /// <summary>Both have the same elements in the same order.</summary>
    public static void AreEqual(ICollection expected, ICollection actual, string message = "") =>
        MSTest.CollectionAssert.AreEqual(expected, actual, message);

    /// <summary>They differ in length or in an element.</summary>
    public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "") =>
        MSTest.CollectionAssert.AreNotEqual(notExpected, actual, message);

    /// <summary>It has no elements.</summary>
    public static void Empty(ICollection collection, string message = "") => MSTest.Assert.AreEqual(0, collection.Count, message);

    /// <summary>It has elements.</summary>
    public static void NotEmpty(ICollection collection, string message = "") => MSTest.Assert.AreNotEqual(0, collection.Count, message);
}
