using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace DevKit.Sim.Board;

/// <summary>The numbers that the factory gives a board.</summary>
/// <param name="Mac">The Wi-Fi module's MAC address, 6 bytes.</param>
/// <param name="UniqueDeviceId">The STM32's unique ID, 12 bytes.</param>
public sealed record BoardNumbers(byte[] Mac, byte[] UniqueDeviceId)
{
    private const int MacLength = 6;
    private const int UniqueDeviceIdLength = 12;

    /// <summary>Whether they are there and of their length: a file may hold anything.</summary>
    [JsonIgnore]
    public bool IsValid => Mac is { Length: MacLength } && UniqueDeviceId is { Length: UniqueDeviceIdLength };

    /// <summary>Draws a new board's numbers; the MAC has MXChip's prefix.</summary>
    public static BoardNumbers CreateNew() =>
        new([0xC8, 0x93, 0x46, .. RandomNumberGenerator.GetBytes(3)], RandomNumberGenerator.GetBytes(UniqueDeviceIdLength));
}
