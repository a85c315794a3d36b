using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.CertGen.Inspection;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Authority;

/// <summary>A board's request for its DeviceID certificate (PKCS#10). Its signature proves that the board has the key.</summary>
internal sealed class DeviceIdRequest
{
    private const string Remedy = "Name what \"certgen request\" writes, or what the board's console prints at show_request.";
    private const string KeyKind = "ECDSA P-256";
    private const int Longest = 16 * 1024;
    private const int CharactersOfName = 16;

    private DeviceIdRequest(X500DistinguishedName subject, PublicKey publicKey)
    {
        Subject = subject;
        PublicKey = publicKey;
    }

    /// <summary>The DeviceID's name, which the alias certificate has as its issuer.</summary>
    public X500DistinguishedName Subject { get; }

    /// <summary>The DeviceID public key, on P-256.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>The key's identifier, 40 hex characters.</summary>
    public string KeyId => KeyDescription.KeyIdOf(PublicKey);

    /// <summary>The usual name of a file about a DeviceID.</summary>
    /// <param name="keyId">The key's identifier, 40 hex characters.</param>
    /// <param name="ending">The name's end, with its dot.</param>
    public static string FileNameFor(string keyId, string ending) => $"devkit-{keyId[..CharactersOfName]}{ending}";

    /// <summary>Reads a request from a file.</summary>
    /// <exception cref="CommandException">It can't be read, or is no DeviceID's.</exception>
    public static DeviceIdRequest Read(string path) => Parse(InputFile.Read("request", path, Longest, Remedy), $"The request {path}");

    /// <summary>Reads a request.</summary>
    /// <param name="bytes">PEM, with anything around it, or DER.</param>
    /// <param name="subject">What it is, to begin a message with.</param>
    /// <exception cref="CommandException">It is no DeviceID's.</exception>
    public static DeviceIdRequest Parse(byte[] bytes, string subject)
    {
        Load(bytes, CertificateRequestLoadOptions.SkipSignatureValidation, $"{subject} is none (PKCS#10), or damaged. {Remedy}");
        CertificateRequest request = Load(
            bytes,
            CertificateRequestLoadOptions.Default,
            $"{subject} is not signed by the key that it names, so nothing proves that the board has that key. Fetch it again.");
        DeviceIdRequest read = new(request.SubjectName, request.PublicKey);
        string name = $"CN=DevKit DeviceID {read.KeyId[..CharactersOfName]}";
        if (KeyDescription.Of(read.PublicKey) != KeyKind || read.Subject.Name != name)
        {
            throw new CommandException(
                $"{subject} is not a DevKit's: it is for \"{read.Subject.Name}\" with a key of the kind "
                + $"{KeyDescription.Of(read.PublicKey)}, where a DevKit with this key would ask for \"{name}\" with {KeyKind}. {Remedy}");
        }

        return read;
    }

    private static CertificateRequest Load(byte[] bytes, CertificateRequestLoadOptions options, string refusal)
    {
        const byte Sequence = 0x30;
        try
        {
            return bytes[0] == Sequence
                ? CertificateRequest.LoadSigningRequest(bytes, HashAlgorithmName.SHA256, options)
                : CertificateRequest.LoadSigningRequestPem(Encoding.Latin1.GetString(bytes), HashAlgorithmName.SHA256, options);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw new CommandException(refusal);
        }
    }
}
