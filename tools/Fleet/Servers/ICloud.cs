using System.Security.Cryptography.X509Certificates;

namespace DevKit.Fleet.Servers;

/// <summary>The cloud that a fleet goes to.</summary>
internal interface ICloud : IAsyncDisposable
{
    /// <summary>Where it serves MQTT over TLS, for DPS and for every hub.</summary>
    string Host { get; }

    /// <summary>The port of <see cref="Host"/>.</summary>
    int Port { get; }

    /// <summary>The ID scope of its DPS.</summary>
    string IdScope { get; }

    /// <summary>Where devices are enrolled.</summary>
    Uri Api { get; }

    /// <summary>What its server certificate is verified by.</summary>
    X509ChainPolicy Trust { get; }

    /// <summary>What the cloud's process has used so far; null where the process is not this program's.</summary>
    ServerUsage? ReadUsage();
}
