using System.Globalization;

namespace DevKit.Support.Peers;

/// <summary>Mosquitto's command-line clients.</summary>
public static class MosquittoClients
{
    /// <summary>A client's path, or the end of the test.</summary>
    public static string Require(string name) => Programs.Require(name, "install Mosquitto's clients (Debian: mosquitto-clients)");

    /// <summary>The options that name a server and the protocol.</summary>
    public static string[] Address(int port) =>
        ["-h", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "-V", "mqttv311"];
}
