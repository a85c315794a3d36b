using System.Reflection;

[assembly: AssemblyTitle("Azure.DeviceTests")]
[assembly: AssemblyProduct("DevKit DPS")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
