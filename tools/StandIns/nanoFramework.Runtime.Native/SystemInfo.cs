namespace nanoFramework.Runtime.Native;

public static class SystemInfo
{
    public static Version Version => Environment.Version;

    public static string OEMString => ".NET " + Environment.Version;

    public static string TargetName => "Virtual DevKit";
}
