using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>A test's arguments. Always beside a <see cref="TestMethodAttribute"/>: alone it makes a test on the device only.</summary>
public sealed class DataRowAttribute : MSTest.DataRowAttribute
{
    /// <summary>Names the arguments.</summary>
    public DataRowAttribute(params object[] methodParameters)
        : base(methodParameters)
    {
    }
}
