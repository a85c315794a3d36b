using System;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace DevKit.Dice
{
    // The desktop build's half: the applications that a virtual board runs are .NET assemblies. No device compiles this file.
    public sealed partial class FirmwareImage
    {
        static partial void ReadDesktopImage(byte[] bytes, ref string version, ref string problem)
        {
            if (bytes.Length < 2 || bytes[0] != 'M' || bytes[1] != 'Z')
            {
                return;
            }

            try
            {
                using PEReader reader = new PEReader(new MemoryStream(bytes));
                if (reader.HasMetadata)
                {
                    version = reader.GetMetadataReader().GetAssemblyDefinition().Version.ToString(3);
                    return;
                }
            }
            catch (Exception e) when (e is BadImageFormatException || e is InvalidOperationException)
            {
                // Told below: what can't be read is no assembly.
            }

            problem = "The application image begins as a .dll does (MZ), but is no .NET assembly.";
        }
    }
}
