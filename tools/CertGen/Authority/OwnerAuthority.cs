using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.CertGen.Inspection;
using DevKit.CommandLine;

namespace DevKit.CertGen.Authority;

/// <summary>The CA of the boards' owner, which vouches for the DeviceID of each.</summary>
internal sealed class OwnerAuthority : IDisposable
{
    /// <summary>
    /// The longest certificate that the console takes: in base64 it has to fit a line of 1,023 characters, behind its command.
    /// </summary>
    public const int LongestCertificate = 753;

    // Between it and an alias certificate stands a DeviceID's, and no other CA.
    private const int PathLength = 1;
    private const int SerialLength = 16;
    private const int Iterations = 600_000;

    private readonly AsymmetricAlgorithm _key;

    /// <summary>Puts a CA together. Both parts are its own from now on.</summary>
    /// <param name="certificate">Its certificate.</param>
    /// <param name="key">The key that belongs to it, ECDSA or RSA.</param>
    public OwnerAuthority(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        Certificate = certificate;
        _key = key;
    }

    /// <summary>The certificate that is enrolled as a group's.</summary>
    public X509Certificate2 Certificate { get; }

    // Clocks differ, and a board may be a little behind.
    private static DateTimeOffset Yesterday => DateTimeOffset.UtcNow.AddDays(-1);

    /// <summary>Makes a CA with a new key on P-256.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="years">How long it is valid.</param>
    public static OwnerAuthority Create(string name, int years)
    {
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        AddExtensions(request, PathLength, new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new OwnerAuthority(
            request.Create(
                request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Yesterday, Yesterday.AddYears(years), CreateSerial()),
            key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>The key, encrypted (PKCS#8, PBES2 with AES-256 and PBKDF2), PEM.</summary>
    /// <param name="password">UTF-8.</param>
    public string EncryptKey(byte[] password) => _key.ExportEncryptedPkcs8PrivateKeyPem(
        password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, Iterations)) + "\n";

    /// <summary>Signs a DeviceID certificate: a CA that may sign no other CA, for as long as this one is valid.</summary>
    /// <param name="request">What the board asks for. Only its name and its key are taken.</param>
    /// <returns>The certificate, DER.</returns>
    /// <exception cref="CommandException">This CA has expired, or what it signs is too long for the console.</exception>
    public byte[] Sign(DeviceIdRequest request)
    {
        DateTimeOffset notBefore = Certificate.NotBefore, notAfter = Certificate.NotAfter;
        if (DateTimeOffset.UtcNow >= notAfter)
        {
            throw new CommandException(
                $"The CA \"{Certificate.Subject}\" expired on {notAfter:yyyy-MM-dd}. Make a new one with \"certgen ca\".");
        }

        CertificateRequest deviceId = new(request.Subject, request.PublicKey, HashAlgorithmName.SHA256);
        AddExtensions(deviceId, 0, new X509SubjectKeyIdentifierExtension(Convert.FromHexString(request.KeyId), false));
        if (Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } keyId)
        {
            deviceId.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(keyId));
        }

        X509SignatureGenerator generator = _key is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)_key);
        using X509Certificate2 signed = deviceId.Create(
            Certificate.SubjectName, generator, notBefore > Yesterday ? notBefore : Yesterday, notAfter, CreateSerial());
        return signed.RawData.Length <= LongestCertificate
            ? signed.RawData
            : throw new CommandException(
                $"The certificate would have {signed.RawData.Length} bytes, and the board's console takes {LongestCertificate}. "
                + $"Sign with a CA that has a key on P-256 and a shorter name than \"{Certificate.Subject}\" "
                + $"({KeyDescription.Of(Certificate.PublicKey)}).");
    }

    private static void AddExtensions(CertificateRequest request, int pathLength, X509Extension keyId)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, pathLength, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(keyId);
    }

    // RFC 5280, 4.1.2.2: positive, and unlike any other of this CA.
    private static byte[] CreateSerial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }
}
