using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DevKit.Dice.Tests.Support;

/// <summary>Looks at certificates as strictly as the framework can.</summary>
internal static class Certificates
{
    /// <summary>Reads all of an encoding under the DER rules and fails on what is not; returns r of its signature.</summary>
    internal static byte[] ReadSigned(byte[] der)
    {
        Walk(new AsnReader(der, AsnEncodingRules.DER));
        AsnReader whole = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        whole.ReadEncodedValue();
        AsnReader algorithm = whole.ReadSequence();
        Assert.AreEqual("1.2.840.10045.4.3.2", algorithm.ReadObjectIdentifier());
        algorithm.ThrowIfNotEmpty();
        byte[] signature = whole.ReadBitString(out int unused);
        Assert.AreEqual(0, unused);
        whole.ThrowIfNotEmpty();
        AsnReader pair = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        byte[] r = Reference.ToBytes(pair.ReadInteger()), s = Reference.ToBytes(pair.ReadInteger());
        pair.ThrowIfNotEmpty();
        return [.. r, .. s];
    }

    /// <summary>Verifies the signature over the first element.</summary>
    internal static bool Verify(byte[] der, byte[] publicKey)
    {
        AsnReader whole = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        byte[] content = whole.ReadEncodedValue().ToArray();
        using ECDsa ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = publicKey[1..33], Y = publicKey[33..] },
        });
        return ecdsa.VerifyData(content, ReadSigned(der), HashAlgorithmName.SHA256);
    }

    /// <summary>Builds a chain from a certificate to a root, through what else is given.</summary>
    internal static X509ChainStatusFlags Build(X509Certificate2 leaf, X509Certificate2 root, params X509Certificate2[] between)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.Build(leaf);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
    }

    private static void Walk(AsnReader reader)
    {
        while (reader.HasData)
        {
            Asn1Tag tag = reader.PeekTag();
            if (tag.IsConstructed)
            {
                Walk(tag == Asn1Tag.SetOf ? reader.ReadSetOf() : reader.ReadSequence(tag));
            }
            else if (tag == Asn1Tag.Integer)
            {
                reader.ReadInteger();
            }
            else if (tag == Asn1Tag.Boolean)
            {
                reader.ReadBoolean();
            }
            else if (tag == Asn1Tag.PrimitiveBitString)
            {
                reader.ReadBitString(out _);
            }
            else
            {
                reader.ReadEncodedValue();
            }
        }
    }
}
