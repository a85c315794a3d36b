using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

using DevKit.CommandLine;
using DevKit.Platform;

namespace DevKit.Fleet.Servers;

/// <summary>An emulator that somebody else has started.</summary>
internal sealed class RunningCloud : ICloud
{
    private RunningCloud(string host, int port, string idScope, Uri api, X509ChainPolicy trust) =>
        (Host, Port, IdScope, Api, Trust) = (host, port, idScope, api, trust);

    public string Host { get; }

    public int Port { get; }

    public string IdScope { get; }

    public Uri Api { get; }

    public X509ChainPolicy Trust { get; }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ServerUsage? ReadUsage() => null;

    /// <exception cref="CommandException">An option cannot be; the message names it.</exception>
    internal static RunningCloud Open(FleetOptions options)
    {
        string cloud = options.Cloud!;
        if (options.IsLocal)
        {
            return OpenLocal();
        }

        int colon = cloud.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(cloud.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            throw new CommandException($"--cloud {cloud}: give a host and a port, such as 127.0.0.1:8883.");
        }

        if (!Uri.TryCreate(options.Api, UriKind.Absolute, out Uri? api) || api.Scheme is not ("http" or "https"))
        {
            throw new CommandException($"--api {options.Api}: give the page's address, such as http://127.0.0.1:8080.");
        }

        return new RunningCloud(cloud[..colon].Trim('[', ']'), port, options.IdScope!, api, Servers.Trust.Read(options.Ca!));
    }

    private static RunningCloud OpenLocal()
    {
        LocalCloud cloud = LocalCloud.Find(LocalCloud.DefaultFolder)
            ?? throw new CommandException($"--cloud {FleetOptions.LocalCloudName}: none runs on {LocalCloud.DefaultFolder}. "
                + "Start the emulator, or leave --cloud out to have one for this run.");
        IPEndPoint mqtt = IPEndPoint.Parse(cloud.Mqtt);
        return new RunningCloud(mqtt.Address.ToString(), mqtt.Port, cloud.IdScope, cloud.Page, Servers.Trust.Read(cloud.CaFile));
    }
}
