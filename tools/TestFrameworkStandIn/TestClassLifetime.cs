using System.Collections.Concurrent;
using System.Reflection;

namespace nanoFramework.TestFramework;

/// <summary>Runs what a test class does once: its set-up before its first test, its clean-up at the end.</summary>
public static class TestClassLifetime
{
    private static readonly ConcurrentDictionary<Type, Lazy<bool>> Started = new();

    /// <summary>Runs the clean-up methods of every class that was set up. A test assembly calls it from its AssemblyCleanup.</summary>
    public static void CleanUpAll()
    {
        foreach (Type testClass in Started.Keys)
        {
            Run<CleanupAttribute>(testClass);
        }
    }

    internal static void SetUp(Type testClass)
    {
        _ = Started.GetOrAdd(testClass, static t => new Lazy<bool>(() => Run<SetupAttribute>(t))).Value;
    }

    // The device calls these methods, as it does the tests, without an instance; they are instance methods all the same, because MSTest
    // wants the tests to be.
    private static bool Run<TAttribute>(Type testClass)
        where TAttribute : Attribute
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (MethodInfo method in testClass.GetMethods(Any).Where(m => m.IsDefined(typeof(TAttribute))))
        {
            object? instance = method.IsStatic ? null : Activator.CreateInstance(testClass);
            method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null);
        }

        return true;
    }
}
