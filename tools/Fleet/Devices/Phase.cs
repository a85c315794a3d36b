namespace DevKit.Fleet.Devices;

/// <summary>What a device does, one after the other.</summary>
internal enum Phase
{
    /// <summary>TCP and TLS to DPS.</summary>
    DpsHandshake,

    /// <summary>CONNECT to DPS until a hub is assigned.</summary>
    Register,

    /// <summary>TCP and TLS to the hub.</summary>
    HubHandshake,

    /// <summary>CONNECT to the hub until CONNACK.</summary>
    Connect,

    /// <summary>A message until its PUBACK.</summary>
    Send,
}
