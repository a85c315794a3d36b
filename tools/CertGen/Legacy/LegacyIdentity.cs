using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Dice.Curve;

namespace DevKit.CertGen.Legacy;

/// <summary>
/// The identity that the original Arduino firmware derives (microsoft/devkit-sdk, AZ3166/tools/dice_device_enrollment), bit for bit.
/// docs/legacy.md says how, and why no new board should have one.
/// </summary>
internal static class LegacyIdentity
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Derives the alias certificate of a board.</summary>
    /// <param name="uds">32 bytes, of any value, for the caller to wipe.</param>
    /// <param name="code">What is measured.</param>
    /// <param name="registrationId">The subject.</param>
    /// <returns>The certificate, DER.</returns>
    /// <exception cref="CommandException">The original derives no key from this.</exception>
    public static byte[] CreateAliasCertificate(byte[] uds, MeasuredCode code, string registrationId)
    {
        byte[] fwid = SHA256.HashData(code.RiotFirmware);
        byte[] udsDigest = SHA256.HashData(uds);
        byte[] cdi = SHA256.HashData([.. udsDigest, .. SHA256.HashData(code.RiotCore)]);
        byte[] deviceIdSeed = SHA256.HashData(cdi);
        byte[] aliasSeed = SHA256.HashData([.. deviceIdSeed, .. fwid]);
        byte[] deviceIdKey = [], aliasKey = [];
        try
        {
            deviceIdKey = DeriveKey(deviceIdSeed, "Identity"u8);
            aliasKey = DeriveKey(aliasSeed, "Alias"u8);
            byte[] tbsCertificate = LegacyCertificate.EncodeTbsCertificate(
                registrationId, GetPublicKey(aliasKey), GetPublicKey(deviceIdKey), fwid);
            return Sign(tbsCertificate, deviceIdKey);
        }
        finally
        {
            Array.ForEach([udsDigest, cdi, deviceIdSeed, aliasSeed, deviceIdKey, aliasKey], SecretBytes.Clear);
        }
    }

    // SP 800-108 in counter mode, one round, but that counter and length are in the order of a little-endian processor's memory, as is
    // the key that comes out. The key is turned to big-endian here.
    private static byte[] DeriveKey(byte[] seed, ReadOnlySpan<byte> label)
    {
        ReadOnlySpan<byte> counter = [1, 0, 0, 0], bits = [0, 1, 0, 0];
        byte[] message = [.. counter, .. label, 0, .. bits];
        byte[] key = HMACSHA256.HashData(seed, message);
        Array.Reverse(key);
        return key;
    }

    private static byte[] GetPublicKey(byte[] privateKey)
    {
        try
        {
            return EcdsaP256.GetPublicKey(privateKey);
        }
        catch (ArgumentException)
        {
            // One in 2^32: the original repeats the same derivation for ever.
            throw new CommandException(
                "From this UDS and firmware the original firmware derives no key; it hangs. Set another UDS, or change the firmware.");
        }
    }

    // The numbers can't be wiped; it does not matter, for whoever has the certificate has the key.
    private static byte[] Sign(byte[] tbsCertificate, byte[] privateKey)
    {
        byte[] nonce = CreateNonce();
        BigInteger r = Read(EcdsaP256.GetPublicKey(nonce).AsSpan(1, EcdsaP256.PrivateKeyLength)) % Order;
        BigInteger digest = Read(SHA256.HashData(tbsCertificate));
        BigInteger s = (digest + (Read(privateKey) * r)) * BigInteger.ModPow(Read(nonce), Order - 2, Order) % Order;
        return LegacyCertificate.Encode(tbsCertificate, r, s);
    }

    // The original's "random" bytes: 1 to 32, the same for every signature of every board.
    private static byte[] CreateNonce() => [.. Enumerable.Range(1, EcdsaP256.PrivateKeyLength).Select(number => (byte)number)];

    private static BigInteger Read(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
