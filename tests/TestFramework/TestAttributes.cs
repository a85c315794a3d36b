using System.Runtime.CompilerServices;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Marks a class of tests.</summary>
public sealed class TestClassAttribute : MSTest.TestClassAttribute
{
}

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

/// <summary>A test's arguments. Always beside a <see cref="TestMethodAttribute"/>: alone it makes a test on the device only.</summary>
public sealed class DataRowAttribute : MSTest.DataRowAttribute
{
    /// <summary>Names the arguments.</summary>
    public DataRowAttribute(params object[] methodParameters)
        : base(methodParameters)
    {
    }
}

/// <summary>Marks a method that runs once before the tests of its class.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SetupAttribute : Attribute
{
}

/// <summary>Marks a method that runs once after the tests of its class; here, after those of the assembly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CleanupAttribute : Attribute
{
}
