using System.Text;
using DevKit.CertGen.Authority;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Provisioning;

/// <summary>What was given on the command line; null where an option was not: then the board keeps what it has.</summary>
internal sealed record ProvisionOptions
{
    /// <summary>The value of <see cref="Uds"/> that has a UDS made for each board.</summary>
    public const string GenerateUds = "generate";

    private const int LongestSsid = 32;

    /// <summary>The board's line, as <see cref="BoardPort"/> reads it.</summary>
    public required string Port { get; init; }

    public string? WifiSsid { get; init; }

    /// <summary>Where the password comes from: a file, or the input.</summary>
    public string? WifiPassword { get; init; }

    public string? IdScope { get; init; }

    /// <summary>The provisioning service's host.</summary>
    public string? Endpoint { get; init; }

    public string? RegistrationId { get; init; }

    /// <summary><c>on</c> or <c>off</c>.</summary>
    public string? Csr { get; init; }

    /// <summary>A file's name, <see cref="UdsInput.FromInput"/>, or <see cref="GenerateUds"/>.</summary>
    public string? Uds { get; init; }

    /// <summary>The application image's file.</summary>
    public string? Image { get; init; }

    /// <summary>The owner's CA certificate.</summary>
    public string? Ca { get; init; }

    /// <summary>Its key.</summary>
    public string? CaKey { get; init; }

    /// <summary>Where the key's password comes from: a file, or the input.</summary>
    public string? Password { get; init; }

    /// <summary>The folder for what is written.</summary>
    public required string Out { get; init; }

    /// <summary>How long the board may take for an answer, in seconds.</summary>
    public required int Timeout { get; init; }

    /// <summary>Whether a board's UDS, and files that exist, are replaced.</summary>
    public bool Force { get; init; }

    /// <summary>Whether what is given is good for one board alone.</summary>
    public bool IsForOneBoard => RegistrationId != null || Uds is not (null or GenerateUds);

    /// <summary>Refuses what is wrong before any board sees it.</summary>
    /// <exception cref="CommandException">Something is.</exception>
    public void Validate(Terminal terminal)
    {
        if (WifiSsid != null && (Encoding.UTF8.GetByteCount(WifiSsid) is 0 or > LongestSsid || WifiSsid.Any(char.IsControl)))
        {
            throw new CommandException($"--wifi-ssid \"{WifiSsid}\" is no network's name. Give 1 to {LongestSsid} bytes of UTF-8.");
        }

        RequireWords("--id-scope", IdScope);
        RequireWords("--endpoint", Endpoint);
        if (RegistrationId != null)
        {
            RegistrationName.Validate(RegistrationId, terminal);
        }

        if (Csr is not (null or "on" or "off"))
        {
            throw new CommandException($"--csr \"{Csr}\" is neither on nor off. Give one of them.");
        }

        if (WifiSsid == null && WifiPassword != null)
        {
            throw new CommandException("--wifi-password stands without --wifi-ssid. Give both, or neither.");
        }

        if ((Ca == null) != (CaKey == null))
        {
            throw new CommandException($"{(Ca == null ? "--ca-key" : "--ca")} stands alone. Give --ca and --ca-key, or neither.");
        }

        if (!Directory.Exists(Out))
        {
            throw new CommandException($"The folder {Out} does not exist. Make it first, or name another with --out.");
        }

        if (Timeout is < 1 or > 3600)
        {
            throw new CommandException($"--timeout {Timeout} is out of range. Give 1 to 3600 seconds.");
        }
    }

    /// <summary>Loads the CA, if there is one.</summary>
    /// <exception cref="CommandException">It can't be loaded.</exception>
    public OwnerAuthority? LoadAuthority(Terminal terminal)
        => Ca == null || CaKey == null ? null : AuthorityFiles.Load(Ca, CaKey, Password, terminal);

    private static void RequireWords(string option, string? value)
    {
        if (value != null && (value.Length == 0 || value.Any(c => !char.IsAscii(c) || char.IsControl(c))))
        {
            throw new CommandException($"{option} \"{value}\" is malformed. Give it in ASCII, as the portal shows it.");
        }
    }
}
