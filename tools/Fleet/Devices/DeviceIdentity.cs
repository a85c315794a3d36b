using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Dice;
using DevKit.Platform;

namespace DevKit.Fleet.Devices;

/// <summary>A device's alias certificate and key, derived as a board derives them, from a secret that is wiped at once.</summary>
internal sealed class DeviceIdentity : IDisposable
{
    private static readonly byte[] Image = "The image that all devices of a fleet run."u8.ToArray();

    private readonly X509Certificate2 _certificate;

    private DeviceIdentity(string registrationId, X509Certificate2 certificate)
    {
        (RegistrationId, _certificate) = (registrationId, certificate);
        Context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    internal string RegistrationId { get; }

    /// <summary>What the device shows in TLS handshakes.</summary>
    internal SslStreamCertificateContext Context { get; }

    /// <summary>The certificate, PEM.</summary>
    internal string Pem => _certificate.ExportCertificatePem();

    public void Dispose() => _certificate.Dispose();

    /// <summary>Makes a device's identity, with a secret of its own.</summary>
    /// <param name="fleet">The fleet's name, so that fleets of one cloud do not meet.</param>
    /// <param name="number">The device's number in the fleet.</param>
    internal static DeviceIdentity Create(string fleet, int number)
    {
        byte[] uds = RandomNumberGenerator.GetBytes(32);
        try
        {
            return Create(uds, fleet, number);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(uds);
        }
    }

    /// <summary>Makes a device's identity, and the self-signed DeviceID certificate that is its issuer's, PEM.</summary>
    internal static DeviceIdentity Create(string fleet, int number, out string issuer)
    {
        byte[] uds = RandomNumberGenerator.GetBytes(32);
        try
        {
            issuer = PemEncoding.WriteString("CERTIFICATE", DiceEngine.CreateDeviceIdCertificate(uds));
            return Create(uds, fleet, number);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(uds);
        }
    }

    private static DeviceIdentity Create(byte[] uds, string fleet, int number)
    {
        DiceCredential? credential = null;
        try
        {
            credential = DiceEngine.Derive(uds, Image, string.Create(CultureInfo.InvariantCulture, $"{fleet}-{number:00000}"));
            using var key = ECDsa.Create();
            key.ImportECPrivateKey(credential.AliasPrivateKey, out _);
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(credential.AliasCertificate);
            return new DeviceIdentity(credential.RegistrationId, CertificateWithKey.Join(certificate, key));
        }
        finally
        {
            credential?.Clear();
        }
    }
}
