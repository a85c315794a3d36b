using System;
using DevKit.Dice.Encodings;

namespace DevKit.Dice
{
    /// <summary>
    /// What a firmware measures: the application image, a nanoFramework <c>.pe</c> as the device runs it, with what its header says.
    /// The desktop build, whose applications are <c>.dll</c> files, reads these too.
    /// </summary>
    public sealed class FirmwareImage
    {
        /// <summary>
        /// What a firmware without an application measures in the image's place: this text, in ASCII. Its identity is the device's
        /// without an application, never that of one.
        /// </summary>
        public const string NoApplication = "MXChip AZ3166 without an application";

        // nanoFramework's header: marker (two zero bytes end it; a string on the device could not hold them), checksums and flags; then the
        // version and, further on, the length of the whole.
        private const string Marker = "NFMRK1";
        private const int VersionOffset = 28;
        private const int LengthOffset = 100;
        private const int HeaderLength = 104;

        private FirmwareImage(byte[] bytes, string version, string problem)
        {
            Bytes = bytes;
            Version = version;
            Problem = problem;
        }

        /// <summary>The image, whole: the array that was read, not a copy. What is measured is what runs.</summary>
        public byte[] Bytes { get; }

        /// <summary>The firmware version, three numbers, as in <c>1.4.1</c>; null if there is a problem.</summary>
        public string Version { get; }

        /// <summary>What makes the image unfit to be loaded, as far as its header tells: a sentence; null if it looks fit.</summary>
        public string Problem { get; }

        /// <summary>Whether this is the text that stands for no application.</summary>
        public bool IsNoApplication
        {
            get { return Bytes != null && Bytes.Length == NoApplication.Length && StartsWith(Bytes, NoApplication); }
        }

        /// <summary>Reads an image's header.</summary>
        /// <param name="bytes">The image, whole; null or empty is a problem like others.</param>
        public static FirmwareImage Read(byte[] bytes)
        {
            if (bytes == null || bytes.Length == 0)
            {
                return new FirmwareImage(bytes, null, "The application image is empty.");
            }

#if !NANOFRAMEWORK_1_0
            if (DesktopImage.TryRead(bytes, out string assemblyVersion, out string assemblyProblem))
            {
                return new FirmwareImage(bytes, assemblyVersion, assemblyProblem);
            }
#endif

            string problem = FindProblem(bytes);
            return new FirmwareImage(bytes, problem == null ? ReadVersion(bytes) : null, problem);
        }

        /// <summary>What stands in an image's place in a firmware without an application.</summary>
        /// <param name="firmwareVersion">That firmware's own version, three numbers.</param>
        public static FirmwareImage WithoutApplication(string firmwareVersion)
        {
            return new FirmwareImage(Ascii.GetBytes(NoApplication), firmwareVersion, null);
        }

        private static string FindProblem(byte[] bytes)
        {
            if (!StartsWith(bytes, Marker) || bytes.Length < 8 || bytes[6] != 0 || bytes[7] != 0)
            {
                return "The application image does not begin as a nanoFramework .pe file does (NFMRK1).";
            }

            if (bytes.Length < HeaderLength)
            {
                return "The application image ends within its header: it has " + bytes.Length.ToString() + " bytes.";
            }

            uint length = (uint)ReadUInt16(bytes, LengthOffset) | (uint)ReadUInt16(bytes, LengthOffset + 2) << 16;
            return length == (uint)bytes.Length
                ? null
                : "The application image says that it has " + length.ToString() + " bytes, but there are " + bytes.Length.ToString() + ".";
        }

        private static string ReadVersion(byte[] bytes)
        {
            return ReadUInt16(bytes, VersionOffset).ToString() + "." + ReadUInt16(bytes, VersionOffset + 2).ToString() + "."
                + ReadUInt16(bytes, VersionOffset + 4).ToString();
        }

        private static bool StartsWith(byte[] bytes, string start)
        {
            if (bytes.Length < start.Length)
            {
                return false;
            }

            for (int i = 0; i < start.Length; i++)
            {
                if (bytes[i] != start[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static int ReadUInt16(byte[] bytes, int at)
        {
            return bytes[at] | bytes[at + 1] << 8;
        }
    }
}
