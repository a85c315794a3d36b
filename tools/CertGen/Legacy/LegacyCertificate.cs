using System.Formats.Asn1;
using System.Numerics;

namespace DevKit.CertGen.Legacy;

/// <summary>The alias certificate as the original firmware lays it out (X.509 v3, DER), but for the signature.</summary>
internal static class LegacyCertificate
{
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string Prime256V1 = "1.2.840.10045.3.1.7";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string CommonName = "2.5.4.3";
    private const string CountryName = "2.5.4.6";
    private const string OrganizationName = "2.5.4.10";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // Microsoft's: a CompositeDeviceID of the DeviceID key and the FWID.
    private const string RiotIdentity = "1.3.6.1.4.1.311.89.3.1";

    private const string Issuer = "devkitdice";

    private static readonly byte[] SerialNumber = [0x0A, 0x0B, 0x0C, 0x0D, 0x0E];
    private static readonly DateTimeOffset NotBefore = new(2017, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = new(2037, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The part that is signed (TBSCertificate).</summary>
    /// <param name="registrationId">The subject's common name.</param>
    /// <param name="aliasKey">The alias public key, 65 bytes.</param>
    /// <param name="deviceIdKey">The DeviceID public key, 65 bytes.</param>
    /// <param name="fwid">The SHA-256 of the measured firmware.</param>
    public static byte[] EncodeTbsCertificate(string registrationId, byte[] aliasKey, byte[] deviceIdKey, byte[] fwid)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Explicit(0)))
            {
                writer.WriteInteger(2);
            }

            writer.WriteInteger(SerialNumber);
            WriteAlgorithm(writer);
            WriteName(writer, Issuer);
            using (writer.PushSequence())
            {
                writer.WriteUtcTime(NotBefore);
                writer.WriteUtcTime(NotAfter);
            }

            WriteName(writer, registrationId);
            WritePublicKey(writer, aliasKey);
            using (writer.PushSequence(Explicit(3)))
            {
                WriteExtensions(writer, deviceIdKey, fwid);
            }
        }

        return writer.Encode();
    }

    /// <summary>The certificate.</summary>
    /// <param name="tbsCertificate">The part that is signed.</param>
    /// <param name="r">The signature's first number.</param>
    /// <param name="s">Its second.</param>
    public static byte[] Encode(byte[] tbsCertificate, BigInteger r, BigInteger s)
    {
        AsnWriter signature = new(AsnEncodingRules.DER);
        using (signature.PushSequence())
        {
            signature.WriteInteger(r);
            signature.WriteInteger(s);
        }

        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbsCertificate);
            WriteAlgorithm(writer);
            writer.WriteBitString(signature.Encode());
        }

        return writer.Encode();
    }

    /// <summary>The certificate as PEM, in one line, as the original writes it.</summary>
    public static string EncodePem(byte[] certificate)
        => $"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(certificate)}\n-----END CERTIFICATE-----\n";

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(EcdsaWithSha256);
        }
    }

    private static void WriteName(AsnWriter writer, string commonName)
    {
        using (writer.PushSequence())
        {
            WriteAttribute(writer, CommonName, commonName);
            WriteAttribute(writer, CountryName, "US");
            WriteAttribute(writer, OrganizationName, "DEVKIT_TEST");
        }
    }

    private static void WriteAttribute(AsnWriter writer, string type, string value)
    {
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        }
    }

    private static void WritePublicKey(AsnWriter writer, byte[] key)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKey);
                writer.WriteObjectIdentifier(Prime256V1);
            }

            writer.WriteBitString(key);
        }
    }

    private static void WriteExtensions(AsnWriter writer, byte[] deviceIdKey, byte[] fwid)
    {
        AsnWriter usage = new(AsnEncodingRules.DER);
        using (usage.PushSequence())
        {
            usage.WriteObjectIdentifier(ClientAuthentication);
        }

        using (writer.PushSequence())
        {
            WriteCritical(writer, ExtendedKeyUsage, usage);
            WriteCritical(writer, SubjectAlternativeName, EncodeIdentity(deviceIdKey, fwid));
        }
    }

    private static void WriteCritical(AsnWriter writer, string type, AsnWriter value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteBoolean(true);
            writer.WriteOctetString(value.Encode());
        }
    }

    // An otherName, but for the tag [0] around its value (RFC 5280, 4.2.1.6), which the original leaves out.
    private static AsnWriter EncodeIdentity(byte[] deviceIdKey, byte[] fwid)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Explicit(0)))
        {
            writer.WriteObjectIdentifier(RiotIdentity);
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                WritePublicKey(writer, deviceIdKey);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Sha256);
                    writer.WriteOctetString(fwid);
                }
            }
        }

        return writer;
    }

    private static Asn1Tag Explicit(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
