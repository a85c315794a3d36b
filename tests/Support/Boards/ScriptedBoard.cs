using System.Net;
using System.Net.Sockets;
using System.Text;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Dice.Hashing;

namespace DevKit.Support.Boards;

/// <summary>
/// A board's console at a TCP port that says what a test has it say. What is not scripted it answers as the firmware would.
/// </summary>
public sealed class ScriptedBoard : IDisposable
{
    private const byte Delete = 0x7F;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _image;
    private readonly Dictionary<string, string?> _script = [];
    private readonly List<string> _lines = [];
    private byte[]? _uds;

    /// <param name="imageFile">The image that it runs.</param>
    public ScriptedBoard(string imageFile)
    {
        _image = File.ReadAllBytes(imageFile);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Stands for a board that is unplugged before it answers.</summary>
    public const string? Unplugged = null;

    /// <summary>Stands for a board that does not answer.</summary>
    public const string Silent = "(silent)";

    /// <summary>As <c>--port</c> has it.</summary>
    public string Port => $"tcp:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The lines that were typed, whole.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>What it answers to a command from now on: lines with LF between, or one of the above.</summary>
    public string? this[string command]
    {
        set => _script[command] = value;
    }

    /// <summary>Has it do as the firmware again.</summary>
    public void Mend(string command) => _script.Remove(command);

    /// <summary>A factory-fresh one takes its place.</summary>
    public void Exchange() => _uds = null;

    /// <summary>What <c>show_identity</c> says of a secret and an image.</summary>
    public static string DescribeIdentity(byte[] uds, byte[] image, string registrationId)
    {
        DiceCredential credential = DiceEngine.Derive(uds, image, registrationId);
        return $"""
            INFO: Deriving the identity takes a few seconds.
            Registration ID: {registrationId}
            MAC: c89346854138
            Firmware: 1.0.0
            FWID: {Hex.Encode(credential.Fwid)}
            DeviceID key id: {Hex.Encode(credential.DeviceIdKeyId)}
            Alias key id: {Hex.Encode(credential.AliasKeyId)}
            Certificate SHA-256: {Hex.Encode(Sha256.Hash(credential.AliasCertificate))}
            {Pem.Encode("CERTIFICATE", credential.AliasCertificate).TrimEnd()}
            """;
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        byte[] buffer = new byte[4096];
        List<byte> line = [];
        for (int count = await stream.ReadAsync(buffer); count > 0; count = await stream.ReadAsync(buffer))
        {
            foreach (byte b in buffer[..count].Where(b => b != Delete))
            {
                if (b != '\r')
                {
                    line.Add(b);
                    continue;
                }

                string text = Encoding.UTF8.GetString([.. line]);
                line.Clear();
                if (Answer(text) is not { } answer)
                {
                    return;
                }

                if (answer != Silent)
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.ReplaceLineEndings("\r\n") + "\r\n# "));
                }
            }
        }
    }

    private string? Answer(string line)
    {
        if (line.Length == 0)
        {
            return "";
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        string[] words = line.Split(' ', 2);
        if (!_script.TryGetValue(words[0], out string? answer))
        {
            answer = AnswerAsFirmware(words[0], words.ElementAtOrDefault(1) ?? "");
        }

        return answer is null or Silent ? answer : $"{words[0]} ****\n{answer}\n";
    }

    private string AnswerAsFirmware(string command, string value)
    {
        switch (command)
        {
            case "show":
                return $"dps_uds: {(_uds == null ? "not set" : "set")}";
            case "set_dps_uds":
                _uds = Convert.FromHexString(value);
                return "INFO: Set DPS UDS successfully.";
            case "show_request" when _uds != null:
                return "INFO: Making the request takes a few seconds.\n"
                    + Pem.Encode("CERTIFICATE REQUEST", DiceEngine.CreateDeviceIdRequest(_uds)).TrimEnd();
            case "show_identity" when _uds != null:
                return DescribeIdentity(_uds, _image, "my-devkit");
            default:
                return $"INFO: Set {command} successfully.";
        }
    }
}
