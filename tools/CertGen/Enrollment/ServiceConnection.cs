using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;

namespace DevKit.CertGen.Enrollment;

/// <summary>A provisioning service, and the key of a policy that opens its REST: what a connection string says.</summary>
internal sealed class ServiceConnection : IDisposable
{
    private const string Remedy = "Let it hold what the portal shows under \"Shared access policies\": "
        + "HostName=...;SharedAccessKeyName=...;SharedAccessKey=...";

    private const int LongestFile = 4096;
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);

    private readonly byte[] _key;

    private ServiceConnection(string host, string policy, byte[] key)
    {
        Host = host;
        Policy = policy;
        _key = key;
    }

    /// <summary>The service's name in DNS, in lower case.</summary>
    public string Host { get; }

    /// <summary>The policy whose key it is.</summary>
    public string Policy { get; }

    /// <summary>Reads a file that holds a connection string.</summary>
    /// <param name="path">The file.</param>
    /// <param name="terminal">Who is warned when others may read it.</param>
    /// <exception cref="CommandException">There is none, or it holds something else; the message does not show the key.</exception>
    public static ServiceConnection Read(string path, Terminal terminal)
    {
        if (!File.Exists(path))
        {
            throw new CommandException($"--service {path} is no file. Name the file that holds the service's connection string.");
        }

        byte[] text = SecretFile.Read("a connection string", path, LongestFile, terminal);
        try
        {
            return Parse(text)
                ?? throw new CommandException($"The file {path} holds no connection string of a provisioning service. {Remedy}");
        }
        finally
        {
            SecretBytes.Clear(text);
        }
    }

    /// <summary>A token for one request, as the header Authorization has it.</summary>
    public string CreateToken(DateTimeOffset now)
    {
        string resource = Uri.EscapeDataString(Host);
        string expiry = (now + TokenLifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signature = HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes($"{resource}\n{expiry}"));
        string escaped = Uri.EscapeDataString(Convert.ToBase64String(signature));
        return $"SharedAccessSignature sr={resource}&sig={escaped}&se={expiry}&skn={Uri.EscapeDataString(Policy)}";
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => SecretBytes.Clear(_key);

    private static ServiceConnection? Parse(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        text = (text.StartsWith(byteOrderMark) ? text[byteOrderMark.Length..] : text).Trim(" \t\r\n\""u8);
        string host = Encoding.ASCII.GetString(FindField(text, "HostName"u8)).ToLowerInvariant();
        string policy = Encoding.ASCII.GetString(FindField(text, "SharedAccessKeyName"u8));
        ReadOnlySpan<byte> base64 = FindField(text, "SharedAccessKey"u8);
        if (Uri.CheckHostName(host) != UriHostNameType.Dns || policy.Length == 0 || base64.IsEmpty)
        {
            return null;
        }

        byte[] buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        try
        {
            return Base64.DecodeFromUtf8(base64, buffer, out _, out int length) == System.Buffers.OperationStatus.Done
                ? new ServiceConnection(host, policy, buffer[..length])
                : null;
        }
        finally
        {
            SecretBytes.Clear(buffer);
        }
    }

    private static ReadOnlySpan<byte> FindField(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        foreach (Range range in text.Split((byte)';'))
        {
            ReadOnlySpan<byte> field = text[range].Trim((byte)' ');
            int equals = field.IndexOf((byte)'=');
            if (equals > 0 && System.Text.Ascii.EqualsIgnoreCase(field[..equals], name))
            {
                return field[(equals + 1)..];
            }
        }

        return [];
    }
}
