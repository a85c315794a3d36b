using DevKit.Dice;

namespace DevKit.CertGen.Secrets;

/// <summary>A UDS as its file holds it: a line of hex, which never becomes a string on its way there.</summary>
internal static class UdsLine
{
    /// <summary>Makes the line of a UDS.</summary>
    /// <param name="uds">32 bytes.</param>
    /// <returns>64 hex characters in ASCII and a line feed, for the caller to wipe.</returns>
    public static byte[] Encode(byte[] uds)
    {
        byte[] line = new byte[Uds.TextLength + 1];
        Convert.TryToHexStringLower(uds, line.AsSpan(0, Uds.TextLength), out _);
        line[^1] = (byte)'\n';
        return line;
    }
}
