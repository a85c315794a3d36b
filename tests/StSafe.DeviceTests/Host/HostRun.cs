using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using NanoStandIns;

[assembly: DoNotParallelize]

namespace DevKit.StSafe.DeviceTests.Host;

/// <summary>The run of the device tests on the PC: their one board is put in place before, their clean-ups run after.</summary>
[TestClass]
public sealed class HostRun
{
    [AssemblyInitialize]
    public static void PutBoardInPlace(TestContext context)
    {
        var bus = new I2cBus();
        bus.Attach(VirtualStSafe.Address, new VirtualStSafe(new MemoryChipStore()));
        MachineHost.Current = new Machine { I2cBuses = { [1] = bus } };
    }

    [AssemblyCleanup]
    public static void CleanUp() => nanoFramework.TestFramework.TestClassLifetime.CleanUpAll();
}
