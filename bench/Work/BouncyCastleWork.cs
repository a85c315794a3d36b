using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;

namespace DevKit.Bench.Work;

/// <summary>The same operations, done by BouncyCastle.Cryptography, as its users would who want them fast.</summary>
public static class BouncyCastleWork
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("P-256");
    private static readonly ECDomainParameters Domain = new(Curve.Curve, Curve.G, Curve.N, Curve.H);
    private static readonly FixedPointCombMultiplier Multiplier = new();

    /// <summary>Measures them all; called in a woven context.</summary>
    public static Dictionary<int, long[]> Measure()
    {
        Counts counts = new();
        byte[] fourKiB = Samples.Bytes(4096), eightKiB = Samples.Bytes(8192), thirtyTwoKiB = Samples.Bytes(32768);
        byte[] label = new byte[20];
        BigInteger scalar = new(1, Samples.Scalar);
        ECFieldElement element = Curve.Curve.FromBigInteger(scalar);
        counts.Measure(Operation.Sha256Of4KiB, () => Hash(fourKiB), false);
        counts.Measure(Operation.Sha256Of8KiB, () => Hash(eightKiB), false);
        counts.Measure(Operation.Hmac, () => Hmac(Samples.Scalar, Samples.Digest), false);
        counts.Measure(Operation.Hkdf, () => HkdfOf(Samples.Uds, label), false);
        counts.Measure(Operation.Multiplication, () => PublicKey(scalar), false);
        counts.Measure(Operation.FieldInversion, () => element.Invert(), false);
        counts.Measure(Operation.ScalarInversion, () => scalar.ModInverse(Curve.N), false);
        counts.Measure(Operation.Signature, () => Sign(scalar, Samples.Digest), false);
        counts.Measure(Operation.Documents, EncodeSample, false);
        counts.Measure(Operation.DeviceIdCertificate, () => SignByDeviceId(documents => documents.DeviceIdContent()), false);
        counts.Measure(Operation.DeviceIdRequest, () => SignByDeviceId(documents => documents.DeviceIdRequestContent()), false);
        counts.Measure(Operation.IdentityOf8KiB, () => Derive(eightKiB), false);
        counts.Measure(Operation.IdentityOf32KiB, () => Derive(thirtyTwoKiB), false);
        return counts.ByOperation;
    }

    /// <summary>The certificates and the request of the sample identity, to compare with.</summary>
    public static byte[][] Identity() =>
    [
        .. Derive(Samples.Bytes(8192)), SignByDeviceId(documents => documents.DeviceIdContent()),
        SignByDeviceId(documents => documents.DeviceIdRequestContent()), SignAliasRequest(Samples.Bytes(8192)),
    ];

    private static byte[][] Derive(byte[] image)
    {
        byte[] fwid = Hash(image);
        byte[] cdi = Hmac(Samples.Uds, fwid);
        BigInteger deviceIdKey = PrivateKey(Samples.Uds, "DICE DeviceID P-256"), aliasKey = PrivateKey(cdi, "DICE Alias P-256");
        byte[] deviceIdPublic = PublicKey(deviceIdKey), aliasPublic = PublicKey(aliasKey);
        BouncyCastleDocuments documents = new(deviceIdPublic, aliasPublic, fwid, Hash);
        return [Sign(deviceIdKey, documents.AliasContent()), BouncyCastleDocuments.PrivateKey(aliasKey, aliasPublic)];
    }

    // What the DeviceID key says of itself has neither alias nor FWID.
    private static byte[] SignByDeviceId(Func<BouncyCastleDocuments, Asn1Sequence> content)
    {
        BigInteger deviceIdKey = PrivateKey(Samples.Uds, "DICE DeviceID P-256");
        return Sign(deviceIdKey, content(new BouncyCastleDocuments(PublicKey(deviceIdKey), [], [], Hash)));
    }

    private static byte[] SignAliasRequest(byte[] image)
    {
        BigInteger aliasKey = PrivateKey(Hmac(Samples.Uds, Hash(image)), "DICE Alias P-256");
        return Sign(aliasKey, new BouncyCastleDocuments([], PublicKey(aliasKey), [], Hash).AliasRequestContent());
    }

    private static byte[] Sign(BigInteger key, Asn1Sequence content) =>
        BouncyCastleDocuments.Join(content, Sign(key, Hash(content.GetDerEncoded())));

    private static byte[] Hash(byte[] data)
    {
        Sha256Digest digest = new();
        digest.BlockUpdate(data, 0, data.Length);
        byte[] hash = new byte[32];
        digest.DoFinal(hash, 0);
        return hash;
    }

    private static byte[] Hmac(byte[] key, byte[] message)
    {
        HMac hmac = new(new Sha256Digest());
        hmac.Init(new KeyParameter(key));
        hmac.BlockUpdate(message, 0, message.Length);
        byte[] code = new byte[32];
        hmac.DoFinal(code, 0);
        return code;
    }

    private static byte[] HkdfOf(byte[] keyMaterial, byte[] label)
    {
        HkdfBytesGenerator hkdf = new(new Sha256Digest());
        hkdf.Init(new HkdfParameters(keyMaterial, null, label));
        byte[] output = new byte[40];
        hkdf.GenerateBytes(output, 0, output.Length);
        return output;
    }

    private static BigInteger PrivateKey(byte[] keyMaterial, string label)
    {
        BigInteger seed = new(1, HkdfOf(keyMaterial, System.Text.Encoding.ASCII.GetBytes(label)));
        return seed.Mod(Curve.N.Subtract(BigInteger.One)).Add(BigInteger.One);
    }

    private static byte[] PublicKey(BigInteger key) => Multiplier.Multiply(Curve.G, key).Normalize().GetEncoded(false);

    private static BigInteger[] Sign(BigInteger key, byte[] digest)
    {
        ECDsaSigner signer = new(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(key, Domain));
        return signer.GenerateSignature(digest);
    }

    // With keys and digests that cost nothing, so that only the encoding is counted.
    private static void EncodeSample()
    {
        byte[] key = new byte[65];
        BouncyCastleDocuments documents = new(key, key, Samples.Digest, _ => new byte[32]);
        Asn1Sequence content = documents.AliasContent();
        content.GetDerEncoded();
        BouncyCastleDocuments.Join(content, [BigInteger.One, BigInteger.One]);
        BouncyCastleDocuments.PrivateKey(BigInteger.One, key);
    }
}
