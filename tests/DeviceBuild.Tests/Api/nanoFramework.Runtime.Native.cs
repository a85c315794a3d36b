using System;
using System.Reflection;

[assembly: AssemblyVersion("1.7.11.0")]

namespace System
{
    public static class Environment
    {
        public static extern long TickCount64 { get; }
    }
}

namespace nanoFramework.Runtime.Native
{
    public class Power
    {
        public static extern void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot);
        public static extern void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot);
        public extern Power();
        public static event RebootEventHandler OnRebootEvent;
    }

    public delegate void RebootEventHandler();

    public enum RebootOption
    {
        NormalReboot = 0,
        EnterNanoBooter = 1,
        ClrOnly = 2,
        EnterProprietaryBooter = 8,
    }

    public static class SystemInfo
    {
        public static extern Version Version { get; }
        public static extern string OEMString { get; }
        public static extern byte OEM { get; }
        public static extern byte Model { get; }
        public static extern ushort SKU { get; }
        public static extern string TargetName { get; }
        public static extern string Platform { get; }
        public static extern FloatingPoint FloatingPointSupport { get; }

        public enum FloatingPoint
        {
            None = 0,
            SinglePrecisionSoftware = 1,
            SinglePrecisionHardware = 2,
            DoublePrecisionSoftware = 3,
            DoublePrecisionHardware = 4,
        }
    }
}
