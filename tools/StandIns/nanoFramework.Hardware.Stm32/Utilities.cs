using NanoStandIns;

namespace nanoFramework.Hardware.Stm32;

public static class Utilities
{
    public static byte[] UniqueDeviceId => MachineHost.Current.System.UniqueDeviceId;
}
