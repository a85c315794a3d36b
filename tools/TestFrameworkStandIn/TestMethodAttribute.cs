using System.Runtime.CompilerServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Marks a test; before the first of a class, the class's <see cref="SetupAttribute"/> methods run.</summary>
public sealed class TestMethodAttribute : MSTest.TestMethodAttribute
{
    /// <summary>Marks the method that follows.</summary>
    public TestMethodAttribute([CallerFilePath] string callerFilePath = "", [CallerLineNumber] int callerLineNumber = -1)
        : base(callerFilePath, callerLineNumber)
    {
    }

    /// <inheritdoc/>
    public override Task<TestResult[]> ExecuteAsync(ITestMethod testMethod)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        TestClassLifetime.SetUp(testMethod.MethodInfo.ReflectedType!);
        return base.ExecuteAsync(testMethod);
    }
}
