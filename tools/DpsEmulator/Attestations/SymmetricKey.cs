using System.Security.Cryptography;
using System.Text;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>A key that a device and the cloud share. It is shown by <see cref="ToBase64"/> alone.</summary>
internal sealed class SymmetricKey
{
    /// <summary>What Azure takes, bytes.</summary>
    private const int MinimumLength = 16;
    private const int MaximumLength = 64;

    private readonly byte[] _bytes;

    /// <summary>A key as it was stored.</summary>
    internal SymmetricKey(byte[] bytes) => _bytes = bytes;

    /// <summary>The key as it is stored; to be read only.</summary>
    internal byte[] Bytes => _bytes;

    /// <summary>A new one, as long as HMAC-SHA256's output (RFC 2104, 3).</summary>
    internal static SymmetricKey Generate() => new(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));

    /// <summary>Reads a key that somebody chose.</summary>
    /// <param name="base64">The key.</param>
    /// <param name="field">What it is called in the message.</param>
    /// <exception cref="FormatException">It is no base64, or too short or too long; the message does not show it.</exception>
    internal static SymmetricKey Parse(string base64, string field = "primaryKey")
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(base64);
        }
        catch (FormatException)
        {
            throw new FormatException($"'{field}' is no base64.");
        }

        return bytes.Length is >= MinimumLength and <= MaximumLength
            ? new SymmetricKey(bytes)
            : throw new FormatException($"'{field}' has {bytes.Length} bytes: a key has {MinimumLength} to {MaximumLength}.");
    }

    /// <summary>The key of a device of a group: HMAC-SHA256 of its registration ID under the group's key.</summary>
    internal SymmetricKey Derive(string registrationId) => new(HMACSHA256.HashData(_bytes, Encoding.UTF8.GetBytes(registrationId)));

    /// <summary>The key as connection strings have it.</summary>
    internal string ToBase64() => Convert.ToBase64String(_bytes);

    /// <summary>Whether a signature is that of a text; takes the same time wherever they differ.</summary>
    internal bool HasSigned(string text, ReadOnlySpan<byte> signature) =>
        CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_bytes, Encoding.UTF8.GetBytes(text)), signature);

    /// <summary>Whether two are the same; takes the same time wherever they differ.</summary>
    internal bool Matches(SymmetricKey other) => CryptographicOperations.FixedTimeEquals(_bytes, other._bytes);
}
