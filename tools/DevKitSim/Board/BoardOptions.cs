namespace DevKit.Sim.Board;

/// <summary>What a virtual board is made of.</summary>
public sealed record BoardOptions
{
    /// <summary>The Wi-Fi network that is in reach when no other is named.</summary>
    public const string DefaultSsid = "VirtualWifi";

    /// <summary>Its password.</summary>
    public const string DefaultPassword = "virtual-password";

    /// <summary>The folder that keeps the board.</summary>
    public string Folder { get; init; } = BoardFolder.DefaultPath;

    /// <summary>Which nanoCLR image the board runs.</summary>
    public NanoClrImage Image { get; init; } = NanoClrImage.Network;

    /// <summary>The Wi-Fi networks in reach, name and password; an empty password for an open network.</summary>
    public Dictionary<string, string> WifiNetworks { get; init; } = new() { [DefaultSsid] = DefaultPassword };

    /// <summary>Where the names of Azure's services lead, as <c>address:port</c>; null for where DNS says.</summary>
    public string? CloudEndPoint { get; init; }

    /// <summary>A CA certificate, PEM, that the board trusts beside its CA store while it runs with these options; or null.</summary>
    public string? CloudCa { get; init; }

    /// <summary>An application image to run in place of the one that Boot carries, or null.</summary>
    public string? ImageFile { get; init; }
}
