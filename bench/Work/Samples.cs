namespace DevKit.Bench.Work;

/// <summary>What the operations work on: made up, and the same in each run.</summary>
internal static class Samples
{
    internal const string RegistrationId = "az-c89346854138v1v4v1";

    internal static byte[] Uds { get; } = Bytes(32);

    internal static byte[] Scalar { get; } = [0x5A, .. Bytes(31)];

    internal static byte[] Digest { get; } = [0xC3, .. Bytes(31)];

    internal static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)(i * 167 + (i >> 8) * 13 + 89);
        }

        return bytes;
    }
}
