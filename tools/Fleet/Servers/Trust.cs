using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

using DevKit.CommandLine;

namespace DevKit.Fleet.Servers;

/// <summary>Server certificates are verified by one CA.</summary>
internal static class Trust
{
    /// <exception cref="CommandException">The file cannot be read, or holds no certificate.</exception>
    internal static X509ChainPolicy Read(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException($"--ca {caFile}: {error.Message}");
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new CommandException($"--ca {caFile}: there is no certificate in it: give the CA's, PEM.");
    }
}
