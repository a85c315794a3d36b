using System;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DevKit.Dice
{
    /// <summary>The applications that a virtual board runs are .NET assemblies. No device compiles this file.</summary>
    internal static class DesktopImage
    {
        /// <summary>Reads an assembly's version.</summary>
        /// <param name="bytes">The image, whole.</param>
        /// <param name="version">The assembly's version, three numbers; null if there is a problem.</param>
        /// <param name="problem">Why it is no assembly although it begins as one; null if it is one.</param>
        /// <returns>Whether it begins as an assembly does; otherwise both are null.</returns>
        internal static bool TryRead(byte[] bytes, out string version, out string problem)
        {
            version = null;
            problem = null;
            if (bytes.Length < 2 || bytes[0] != 'M' || bytes[1] != 'Z')
            {
                return false;
            }

            try
            {
                using PEReader reader = new PEReader(new MemoryStream(bytes));
                version = reader.HasMetadata ? reader.GetMetadataReader().GetAssemblyDefinition().Version.ToString(3) : null;
            }
            catch (Exception e) when (e is BadImageFormatException || e is InvalidOperationException)
            {
                // Told below: what can't be read is no assembly.
            }

            problem = version != null ? null : "The application image begins as a .dll does (MZ), but is no .NET assembly.";
            return true;
        }
    }
}
