using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.CertGen.Inspection;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Authority;

/// <summary>A CA's certificate and key as they lie in files.</summary>
internal static class AuthorityFiles
{
    /// <summary>Where <c>certgen ca</c> puts the certificate.</summary>
    public const string UsualCertificate = "owner-ca.pem";

    /// <summary>Where <c>certgen ca</c> puts the key.</summary>
    public const string UsualKey = "owner-ca.key";

    private const int LongestKey = 16 * 1024;
    private const string EncryptedLabel = "ENCRYPTED PRIVATE KEY";

    /// <summary>The option that names the CA's certificate.</summary>
    public static Option<string> CreateCertificateOption() => new("--ca")
    {
        HelpName = "FILE",
        Description = $"The owner's CA certificate, as \"certgen ca\" writes it ({UsualCertificate}).",
    };

    /// <summary>The option that names the CA's key.</summary>
    public static Option<string> CreateKeyOption() => new("--ca-key")
    {
        HelpName = "FILE",
        Description = $"The key of that CA ({UsualKey}): PEM, encrypted with the password.",
    };

    /// <summary>Loads a CA.</summary>
    /// <param name="certificatePath">Its certificate.</param>
    /// <param name="keyPath">Its key.</param>
    /// <param name="password">Where the key's password comes from; null asks at a console.</param>
    /// <param name="terminal">Who is asked, and warned.</param>
    /// <exception cref="CommandException">A file can't be read, they do not belong together, or it is no CA for DeviceIDs.</exception>
    public static OwnerAuthority Load(string certificatePath, string keyPath, string? password, Terminal terminal)
    {
        X509Certificate2 certificate = PublicFile.ReadCertificates(certificatePath)[0];
        AsymmetricAlgorithm? key = null;
        try
        {
            RequireAuthority(certificate, certificatePath);
            key = LoadKey(keyPath, certificate, password, terminal);
            RequirePair(certificate, certificatePath, key, keyPath);
            return new OwnerAuthority(certificate, key);
        }
        catch
        {
            key?.Dispose();
            certificate.Dispose();
            throw;
        }
    }

    private static void RequireAuthority(X509Certificate2 certificate, string path)
    {
        const string Remedy = "Name the certificate that \"certgen ca\" writes.";
        X509BasicConstraintsExtension? constraints = certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault();
        X509KeyUsageExtension? usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        if (constraints is not { CertificateAuthority: true } || usage?.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign) == false)
        {
            throw new CommandException($"{path} is not a CA's certificate. {Remedy}");
        }

        if (constraints is { HasPathLengthConstraint: true, PathLengthConstraint: 0 })
        {
            throw new CommandException(
                $"{path} is of a CA that may sign no other (pathLenConstraint 0), and a DeviceID certificate is a CA's. {Remedy}");
        }
    }

    private static AsymmetricAlgorithm LoadKey(string path, X509Certificate2 certificate, string? passwordOption, Terminal terminal)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"The key {path} does not exist. Name the CA's key with --ca-key.");
        }

        byte[] bytes = SecretFile.Read("a CA's key", path, LongestKey, terminal);
        char[] text = Encoding.Latin1.GetChars(bytes);
        try
        {
            if (!PemEncoding.TryFind(text, out PemFields pem))
            {
                throw new CommandException($"{path} is no key in PEM. Name the CA's key with --ca-key.");
            }

            return text.AsSpan(pem.Label) is EncryptedLabel
                ? Password.Retry(passwordOption, terminal, () => Decrypt(text, path, certificate, passwordOption, terminal))
                : LoadPlain(text, path, certificate, terminal);
        }
        finally
        {
            SecretBytes.Clear(bytes);
            Array.Clear(text);
        }
    }

    private static AsymmetricAlgorithm Decrypt(
        char[] text, string path, X509Certificate2 certificate, string? passwordOption, Terminal terminal)
    {
        byte[] password = Password.Read(passwordOption, terminal);
        try
        {
            return Import(certificate, key => key.ImportFromEncryptedPem(text, password))
                ?? throw new CommandException(
                    $"{path} does not open: the password is not this key's, or the file is damaged. "
                    + "Give the password that it was made with.");
        }
        finally
        {
            SecretBytes.Clear(password);
        }
    }

    private static AsymmetricAlgorithm LoadPlain(char[] text, string path, X509Certificate2 certificate, Terminal terminal)
    {
        terminal.Warn($"the key {path} is not encrypted: whoever copies it vouches for boards in your name. Encrypt it: "
            + $"openssl pkcs8 -topk8 -v2 aes-256-cbc -in {path}");
        return Import(certificate, key => key.ImportFromPem(text))
            ?? throw new CommandException($"{path} is no key of the certificate's kind. Name the CA's key with --ca-key.");
    }

    // Of the kind that the certificate's key is; null if the text holds no such key, or does not open.
    private static AsymmetricAlgorithm? Import(X509Certificate2 certificate, Action<AsymmetricAlgorithm> import)
    {
        using RSA? rsa = certificate.GetRSAPublicKey();
        AsymmetricAlgorithm key = rsa != null ? RSA.Create() : ECDsa.Create();
        try
        {
            import(key);
            return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
    }

    private static void RequirePair(X509Certificate2 certificate, string certificatePath, AsymmetricAlgorithm key, string keyPath)
    {
        if (!certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
        {
            throw new CommandException(
                $"{keyPath} is not the key of {certificatePath}. Name the key that was made with this certificate, with --ca-key.");
        }
    }
}
