using System.Buffers.Binary;

namespace DevKit.VirtualParts.StSafe;

/// <summary>The frames of the STSAFE-A100, from the chip's side.</summary>
internal static class ChipFrame
{
    /// <summary>Bytes of the longest frame, without CRC and length.</summary>
    public const int LongestFrame = 507;

    /// <summary>Bytes of a CRC.</summary>
    public const int CrcLength = 2;

    /// <summary>Checks a received command, and takes the CRC off.</summary>
    /// <param name="frame">Code, parameters, CRC.</param>
    /// <param name="command">Code and parameters.</param>
    /// <returns><see cref="ChipStatus.Ok"/>, or what is wrong with the frame as such.</returns>
    public static ChipStatus Parse(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> command)
    {
        command = default;
        if (frame.Length > LongestFrame + CrcLength)
        {
            return ChipStatus.BufferExceeded;
        }

        if (frame.Length <= CrcLength)
        {
            return ChipStatus.CommunicationError;
        }

        command = frame[..^CrcLength];
        return Crc(command) == BinaryPrimitives.ReadUInt16BigEndian(frame[^CrcLength..]) ? ChipStatus.Ok : ChipStatus.CommunicationError;
    }

    /// <summary>An answer: status, length of data and CRC, data, CRC over status and data.</summary>
    public static byte[] Answer(ChipStatus status, ReadOnlySpan<byte> data)
    {
        byte[] covered = [(byte)status, .. data];
        byte[] answer = new byte[covered.Length + 2 + CrcLength];
        answer[0] = (byte)status;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(1), (ushort)(data.Length + CrcLength));
        data.CopyTo(answer.AsSpan(3));
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(answer.Length - CrcLength), Crc(covered));
        return answer;
    }

    /// <summary>CRC-16/X-25, bit by bit as the catalogue defines it.</summary>
    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        uint register = 0xFFFF;
        foreach (byte b in bytes)
        {
            register ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                register = (register & 1) != 0 ? (register >> 1) ^ 0x8408 : register >> 1;
            }
        }

        return (ushort)(register ^ 0xFFFF);
    }
}
