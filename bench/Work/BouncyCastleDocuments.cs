using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Utilities;

namespace DevKit.Bench.Work;

/// <summary>The certificates and the request of docs/identity.md, put together from BouncyCastle's ASN.1 objects.</summary>
internal sealed class BouncyCastleDocuments
{
    private static readonly AlgorithmIdentifier Algorithm = new(X9ObjectIdentifiers.ECDsaWithSha256);
    private static readonly DerObjectIdentifier TcbInfo = new("2.23.133.5.4.1");

    private readonly byte[] _deviceIdPublic;
    private readonly byte[] _aliasPublic;
    private readonly byte[] _fwid;
    private readonly Func<byte[], byte[]> _hash;
    private readonly byte[] _deviceIdKeyId;
    private readonly byte[] _aliasKeyId;
    private readonly Asn1Sequence _deviceIdName;

    internal BouncyCastleDocuments(byte[] deviceIdPublic, byte[] aliasPublic, byte[] fwid, Func<byte[], byte[]> hash)
    {
        _deviceIdPublic = deviceIdPublic;
        _aliasPublic = aliasPublic;
        _fwid = fwid;
        _hash = hash;
        _deviceIdKeyId = hash(deviceIdPublic)[..20];
        _aliasKeyId = hash(aliasPublic)[..20];
        _deviceIdName = Name("DevKit DeviceID " + Convert.ToHexStringLower(_deviceIdKeyId, 0, 8));
    }

    internal static byte[] Join(Asn1Sequence content, BigInteger[] signature) =>
        new DerSequence(
            content, Algorithm, new DerBitString(new DerSequence(new DerInteger(signature[0]), new DerInteger(signature[1]))))
        .GetDerEncoded();

    internal static byte[] PrivateKey(BigInteger key, byte[] publicKey) =>
        new DerSequence(
            DerInteger.ValueOf(1),
            new DerOctetString(BigIntegers.AsUnsignedByteArray(32, key)),
            new DerTaggedObject(0, SecObjectIdentifiers.SecP256r1),
            new DerTaggedObject(1, new DerBitString(publicKey)))
        .GetDerEncoded();

    internal Asn1Sequence AliasContent() => Certificate(
        _hash(Arrays.Concatenate(_aliasKeyId, Encoding.ASCII.GetBytes(Samples.RegistrationId))),
        Name(Samples.RegistrationId),
        _aliasPublic,
        [
            Extension(X509Extensions.BasicConstraints, true, new DerSequence()),
            Extension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.DigitalSignature)),
            Extension(X509Extensions.ExtendedKeyUsage, false, new DerSequence(KeyPurposeID.id_kp_clientAuth)),
            Extension(X509Extensions.SubjectKeyIdentifier, false, new DerOctetString(_aliasKeyId)),
            Extension(
                X509Extensions.AuthorityKeyIdentifier,
                false,
                new DerSequence(new DerTaggedObject(false, 0, new DerOctetString(_deviceIdKeyId)))),
            Extension(TcbInfo, false, new DerSequence(
                new DerTaggedObject(false, 0, new DerOctetString("MXCHIP"u8.ToArray())),
                new DerTaggedObject(false, 1, new DerOctetString("AZ3166"u8.ToArray())),
                new DerTaggedObject(
                    false, 6, new DerSequence(new DerSequence(NistObjectIdentifiers.IdSha256, new DerOctetString(_fwid)))))),
        ]);

    internal Asn1Sequence DeviceIdContent() => Certificate(
        _hash(_deviceIdKeyId),
        _deviceIdName,
        _deviceIdPublic,
        [
            Extension(X509Extensions.BasicConstraints, true, new BasicConstraints(0)),
            Extension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.KeyCertSign)),
            Extension(X509Extensions.SubjectKeyIdentifier, false, new DerOctetString(_deviceIdKeyId)),
        ]);

    internal Asn1Sequence DeviceIdRequestContent() => Request(_deviceIdName, _deviceIdPublic);

    internal Asn1Sequence AliasRequestContent() => Request(Name(Samples.RegistrationId), _aliasPublic);

    private static DerSequence Request(Asn1Sequence name, byte[] publicKey) =>
        new(DerInteger.ValueOf(0), name, PublicKeyInfo(publicKey), new DerTaggedObject(false, 0, new DerSet()));

    private static DerSequence Name(string commonName) =>
        new(new DerSet(new DerSequence(X509Name.CN, new DerUtf8String(commonName))));

    private static DerSequence PublicKeyInfo(byte[] publicKey) =>
        new(new DerSequence(X9ObjectIdentifiers.IdECPublicKey, SecObjectIdentifiers.SecP256r1), new DerBitString(publicKey));

    private static DerSequence Extension(DerObjectIdentifier oid, bool critical, Asn1Encodable value) =>
        critical
            ? new DerSequence(oid, DerBoolean.True, new DerOctetString(value.GetDerEncoded()))
            : new DerSequence(oid, new DerOctetString(value.GetDerEncoded()));

    private DerSequence Certificate(byte[] serialNumber, Asn1Sequence subject, byte[] publicKey, Asn1Encodable[] extensions)
    {
        serialNumber[0] = (byte)((serialNumber[0] & 0x7F) | 0x40);
        return new DerSequence(
            new DerTaggedObject(0, DerInteger.ValueOf(2)),
            new DerInteger(new BigInteger(1, serialNumber, 0, 16)),
            Algorithm,
            _deviceIdName,
            new DerSequence(new DerUtcTime("180101000000Z"), new DerGeneralizedTime("99991231235959Z")),
            subject,
            PublicKeyInfo(publicKey),
            new DerTaggedObject(3, new DerSequence(extensions)));
    }
}
