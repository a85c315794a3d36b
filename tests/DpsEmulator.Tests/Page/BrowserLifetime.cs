using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>One browser for all tests.</summary>
[TestClass]
public static class BrowserLifetime
{
    [AssemblyCleanup]
    public static Task CloseAsync() => Portal.CloseBrowserAsync();
}
