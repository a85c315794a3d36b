using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Marks a class of tests.</summary>
public sealed class TestClassAttribute : MSTest.TestClassAttribute
{
}
