namespace DevKit.DpsEmulator.Http;

/// <summary>What GET /api/info answers.</summary>
/// <param name="Version">The emulator's version.</param>
/// <param name="IdScope">The ID scope that devices name.</param>
/// <param name="DpsEndpoint">The name of the DPS that every device knows.</param>
/// <param name="ProvisioningHost">The name of the DPS's own endpoint, where its REST is.</param>
/// <param name="Hubs">The hubs' names; the first is the one that devices are made at when nobody names one.</param>
/// <param name="Mqtt">Where a program of this machine finds MQTT over TLS: address and port.</param>
/// <param name="Https">Where it finds the services' REST and MQTT over WebSockets.</param>
/// <param name="CaFile">The full path of the CA certificate that devices must trust.</param>
/// <param name="CaFingerprint">SHA-256 of that certificate, hexadecimal.</param>
/// <param name="DeviceCaFingerprint">SHA-256 of the certificate of the CA that issues operational certificates.</param>
/// <param name="CredentialPolicy">The policy that an enrollment names to have them issued.</param>
internal sealed record InfoView(
    string Version,
    string IdScope,
    string DpsEndpoint,
    string ProvisioningHost,
    IReadOnlyList<string> Hubs,
    string Mqtt,
    string Https,
    string CaFile,
    string CaFingerprint,
    string DeviceCaFingerprint,
    string CredentialPolicy);

/// <summary>What service SDKs and tools connect with.</summary>
/// <param name="Provisioning">DPS's, of the policy <c>provisioningserviceowner</c>.</param>
/// <param name="Hubs">The hubs', of the policy <c>iothubowner</c>.</param>
internal sealed record ConnectionStringsView(string Provisioning, IReadOnlyList<HubConnectionString> Hubs);

/// <summary>The connection string of a hub.</summary>
internal sealed record HubConnectionString(string Hub, string ConnectionString);
