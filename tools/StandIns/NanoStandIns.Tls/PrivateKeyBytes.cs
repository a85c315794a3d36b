using System.Security.Cryptography;
using System.Text;

namespace NanoStandIns.Tls;

/// <summary>Private keys as the device's TLS takes them: DER, or PEM with a NUL as its last byte.</summary>
internal static class PrivateKeyBytes
{
    /// <summary>The key in the bytes.</summary>
    /// <exception cref="ArgumentException">There is none that can be read; the message says nothing of the bytes.</exception>
    internal static AsymmetricAlgorithm Decode(byte[] bytes, string password)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        // The device's samples write "" for no password.
        password = string.IsNullOrEmpty(password) ? null : password;
        bool pem = bytes.Length > 0 && bytes[^1] == 0 && bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0;
        AsymmetricAlgorithm key = TryDecode(ECDsa.Create(), bytes, pem, password) ?? TryDecode(RSA.Create(), bytes, pem, password);
        return key ?? throw new ArgumentException("The bytes are no private key in DER, nor in PEM that ends in a NUL.");
    }

    private static AsymmetricAlgorithm TryDecode(AsymmetricAlgorithm key, byte[] bytes, bool pem, string password)
    {
        char[] text = pem ? Encoding.ASCII.GetChars(bytes) : null;
        try
        {
            if (pem && password != null)
            {
                key.ImportFromEncryptedPem(text, password);
                return key;
            }

            if (pem)
            {
                key.ImportFromPem(text);
                return key;
            }

            return ImportDer(key, bytes, password);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            key.Dispose();
            return null;
        }
        finally
        {
            if (text != null)
            {
                Array.Clear(text);
            }
        }
    }

    private static AsymmetricAlgorithm ImportDer(AsymmetricAlgorithm key, byte[] bytes, string password)
    {
        if (password != null)
        {
            key.ImportEncryptedPkcs8PrivateKey(password, bytes, out _);
            return key;
        }

        try
        {
            key.ImportPkcs8PrivateKey(bytes, out _);
        }
        catch (CryptographicException) when (key is ECDsa elliptic)
        {
            elliptic.ImportECPrivateKey(bytes, out _);
        }
        catch (CryptographicException) when (key is RSA rsa)
        {
            rsa.ImportRSAPrivateKey(bytes, out _);
        }

        return key;
    }
}
