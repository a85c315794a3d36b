using System.Globalization;
using System.Text;
using DevKit.DpsEmulator.Events;

namespace DevKit.DpsEmulator.Attestations;

/// <summary>
/// A shared access signature: <c>SharedAccessSignature sr={resource}&amp;sig={signature}&amp;se={expiry}</c>, and <c>skn={key name}</c>,
/// the fields in any order. Signed is the resource as it stands there, URL-encoded, a line feed, and the expiry.
/// </summary>
internal sealed class SasToken
{
    private const string Scheme = "SharedAccessSignature ";
    private const string ApiVersion = "api-version=";

    /// <summary>How far a clock may be off without a token being refused.</summary>
    private static readonly TimeSpan ClockGrace = TimeSpan.FromMinutes(5);

    private readonly string _signedText;
    private readonly string _resource;
    private readonly string _keyName;
    private readonly byte[] _signature;

    private SasToken(string encodedResource, string expiry, string keyName, byte[] signature)
    {
        _signedText = encodedResource + "\n" + expiry;
        _resource = Uri.UnescapeDataString(encodedResource);
        _keyName = keyName;
        _signature = signature;
        Expires = DateTimeOffset.FromUnixTimeSeconds(long.Parse(expiry, NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>When it ends, by the clock of who made it.</summary>
    internal DateTimeOffset Expires { get; }

    /// <summary>Until when it is taken.</summary>
    internal DateTimeOffset UsableUntil => Expires + ClockGrace;

    /// <summary>Reads the password of a device.</summary>
    /// <exception cref="FormatException">It is no token; the message does not show it.</exception>
    internal static SasToken Parse(ReadOnlySpan<byte> password)
    {
        string text = Encoding.UTF8.GetString(password);
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            throw new FormatException($"its password does not begin with '{Scheme}'");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in text[Scheme.Length..].Split('&'))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !fields.TryAdd(field[..equals], field[(equals + 1)..]))
            {
                throw new FormatException("its SAS token has a field without a value, or one twice");
            }
        }

        try
        {
            return new SasToken(
                fields["sr"],
                fields["se"],
                Uri.UnescapeDataString(fields.GetValueOrDefault("skn", "")),
                Convert.FromBase64String(Uri.UnescapeDataString(fields["sig"])));
        }
        catch (Exception error) when (error is KeyNotFoundException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            throw new FormatException("its SAS token lacks sr (a resource), sig (base64) or se (seconds since 1970)", error);
        }
    }

    /// <summary>Why it does not serve, for the log; null when it does.</summary>
    /// <param name="keys">The keys, one of which must have signed it.</param>
    /// <param name="resource">What it must be for: that, or what stands above it, by path segments, in any case.</param>
    /// <param name="keyName">The name that it must give its key, or null for none.</param>
    /// <param name="now">The time.</param>
    internal string? FindProblem(IReadOnlyList<SymmetricKey> keys, string resource, string? keyName, DateTimeOffset now)
    {
        if (!Covers(resource))
        {
            return $"its SAS token is for '{LogText.Clean(_resource)}' (sr), not for '{resource}'";
        }

        if (_keyName != (keyName ?? ""))
        {
            string expected = keyName is null ? "none" : $"'{keyName}'";
            return $"its SAS token names the key '{LogText.Clean(_keyName)}' (skn), expected is {expected}";
        }

        if (!keys.Any(key => key.HasSigned(_signedText, _signature)))
        {
            return "its SAS token is not signed with its symmetric key";
        }

        return now < UsableUntil ? null : $"its SAS token ended at {Expires:u}, and it is {now:u}";
    }

    private bool Covers(string resource)
    {
        // Some tools sign what they send as user name: an api-version stands behind the resource.
        int version = _resource.IndexOf(ApiVersion, StringComparison.OrdinalIgnoreCase);
        string own = (version < 0 ? _resource : _resource[..version]).TrimEnd('/', '?', '&');
        return own.Length > 0
            && resource.StartsWith(own, StringComparison.OrdinalIgnoreCase)
            && (resource.Length == own.Length || resource[own.Length] == '/');
    }
}
