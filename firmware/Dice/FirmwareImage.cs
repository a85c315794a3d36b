using System;

namespace DevKit.Dice
{
    /// <summary>What an application image tells about itself: a nanoFramework <c>.pe</c>, or the <c>.dll</c> that a virtual board runs.</summary>
    public static class FirmwareImage
    {
        // nanoFramework's header: marker (two zero bytes end it; a string on the device could not hold them), checksums and flags; then the
        // version and, further on, the length of the whole.
        private const string PeMarker = "NFMRK1";
        private const int PeVersionOffset = 28;
        private const int PeLengthOffset = 100;
        private const int PeHeaderLength = 104;

        // VS_FIXEDFILEINFO: signature, structure version, then the file version, more significant half first.
        private const int FixedFileInfoVersionOffset = 8;
        private const int FixedFileInfoLength = 52;

        /// <summary>
        /// What a firmware without an application measures in the image's place: this text, in ASCII. Its identity is the device's
        /// without an application, never that of one.
        /// </summary>
        public const string NoApplication = "MXChip AZ3166 without an application";

        /// <summary>Whether the bytes are the text that stands for no application.</summary>
        /// <param name="image">The bytes.</param>
        public static bool IsNoApplication(byte[] image)
        {
            Argument.Require(image, nameof(image));
            return image.Length == NoApplication.Length && StartsWith(image, NoApplication);
        }

        /// <summary>The firmware version of an image.</summary>
        /// <param name="image">The image, whole.</param>
        /// <returns>Three numbers, as in <c>1.4.1</c>; null if the image is neither a whole <c>.pe</c> nor a <c>.dll</c> with a file version.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
        public static string FindVersion(byte[] image)
        {
            Argument.Require(image, nameof(image));
            if (FindProblem(image) != null)
            {
                return null;
            }

            if (StartsWith(image, PeMarker))
            {
                return ToVersion(ReadUInt16(image, PeVersionOffset), ReadUInt16(image, PeVersionOffset + 2), ReadUInt16(image, PeVersionOffset + 4));
            }

            // The structure is aligned to four bytes in the file (it is a resource), so every fourth byte is enough to look at.
            for (int i = 0; i <= image.Length - FixedFileInfoLength; i += 4)
            {
                if (ReadUInt16(image, i) == 0x04BD && ReadUInt16(image, i + 2) == 0xFEEF
                    && ReadUInt16(image, i + 4) == 0 && ReadUInt16(image, i + 6) == 1)
                {
                    int at = i + FixedFileInfoVersionOffset;
                    return ToVersion(ReadUInt16(image, at + 2), ReadUInt16(image, at), ReadUInt16(image, at + 6));
                }
            }

            return null;
        }

        /// <summary>What makes an image unfit to be loaded, as far as its header tells.</summary>
        /// <param name="image">The image, whole.</param>
        /// <returns>A sentence; null if it looks fit.</returns>
        public static string FindProblem(byte[] image)
        {
            if (image == null || image.Length == 0)
            {
                return "The application image is empty.";
            }

            if (StartsWith(image, "MZ"))
            {
                return null;
            }

            if (!StartsWith(image, PeMarker) || image.Length < 8 || image[6] != 0 || image[7] != 0)
            {
                return "The application image does not begin as a nanoFramework .pe file does (NFMRK1).";
            }

            if (image.Length < PeHeaderLength)
            {
                return "The application image ends within its header: it has " + image.Length.ToString() + " bytes.";
            }

            uint length = (uint)ReadUInt16(image, PeLengthOffset) | (uint)ReadUInt16(image, PeLengthOffset + 2) << 16;
            return length == (uint)image.Length
                ? null
                : "The application image says that it has " + length.ToString() + " bytes, but there are " + image.Length.ToString() + ".";
        }

        private static bool StartsWith(byte[] image, string marker)
        {
            if (image.Length < marker.Length)
            {
                return false;
            }

            for (int i = 0; i < marker.Length; i++)
            {
                if (image[i] != marker[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static int ReadUInt16(byte[] image, int at)
        {
            return image[at] | image[at + 1] << 8;
        }

        private static string ToVersion(int major, int minor, int patch)
        {
            return major.ToString() + "." + minor.ToString() + "." + patch.ToString();
        }
    }
}
