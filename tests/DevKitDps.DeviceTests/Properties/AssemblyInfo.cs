using System.Reflection;

[assembly: AssemblyTitle("DevKitDps.DeviceTests")]
[assembly: AssemblyProduct("DevKit DPS")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
