using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using DevKit.Support.Peers;

namespace DevKit.Mqtt.Tests.Peers;

/// <summary>The npm package <c>mqtt-packet</c>, which node runs behind <c>mqtt-packet.js</c>.</summary>
internal sealed class MqttJsPeer : IPeer
{
    private readonly Process _node;

    internal MqttJsPeer()
    {
        string folder = typeof(MqttJsPeer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "PeersFolder").Value!;
        string node = Programs.Require("node", "install Node.js");
        Programs.Require(
            Directory.Exists(Path.Combine(folder, "node_modules", "mqtt-packet")),
            $"mqtt-packet is not installed: run \"npm ci\" in {folder}.");
        _node = Process.Start(new ProcessStartInfo(node, [Path.Combine(folder, "mqtt-packet.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public MqttPacket Decode(byte[] bytes)
    {
        JsonElement answer = Ask(new { decode = bytes });
        return answer.TryGetProperty("error", out JsonElement error)
            ? throw new PeerRefusedException(error.GetString()!)
            : PacketText.Parse((MqttPacketType)answer.GetProperty("type").GetInt32(), answer.GetProperty("packet"));
    }

    public byte[] Encode(MqttPacket packet)
    {
        JsonElement answer = Ask(new { encode = new { type = packet.Type, packet = (object)packet } });
        return answer.TryGetProperty("error", out JsonElement error)
            ? throw new PeerRefusedException(error.GetString()!)
            : answer.GetProperty("bytes").GetBytesFromBase64();
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    private JsonElement Ask(object request)
    {
        _node.StandardInput.WriteLine(JsonSerializer.Serialize(request, PacketText.Options));
        _node.StandardInput.Flush();
        string answer = _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("node ended; its error is in the log.");
        return JsonSerializer.Deserialize<JsonElement>(answer);
    }
}
