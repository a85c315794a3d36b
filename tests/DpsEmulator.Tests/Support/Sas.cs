using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>SAS tokens as a device makes them, and as it should not.</summary>
internal static class Sas
{
    internal const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    internal const string OtherKey = "/wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>A token that ends in an hour.</summary>
    internal static string Create(string resource, string key, string? keyName = null, DateTimeOffset? expires = null)
    {
        (string sr, string sig, string se) = Fields(resource, key, expires);
        return $"SharedAccessSignature sr={sr}&sig={sig}{(keyName is null ? "" : "&skn=" + keyName)}&se={se}";
    }

    internal static (string Sr, string Sig, string Se) Fields(string resource, string key, DateTimeOffset? expires = null)
    {
        string sr = Uri.EscapeDataString(resource);
        long seconds = (expires ?? DateTimeOffset.UtcNow.AddHours(1)).ToUnixTimeSeconds();
        string se = seconds.ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.ASCII.GetBytes(sr + "\n" + se));
        return (sr, Uri.EscapeDataString(Convert.ToBase64String(signature)), se);
    }
}
