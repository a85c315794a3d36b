using System.Net;
using System.Net.Http.Json;
using DevKit.Boot;
using DevKit.Boot.Console;
using DevKit.Boot.Settings;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.DpsEmulator.Host;
using DevKit.Sim.Board;
using DevKit.Sim.Demo;

namespace DevKit.Tests;

/// <summary>
/// Reset and power cut at any moment: the board comes up again, and each setting is the old one or the new one. The moments are
/// random, from a seed that a failure names.
/// </summary>
[TestClass]
public class InterruptionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Uds = "19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae";
    private const string RegistrationId = "az-" + TestBoard.Mac + "v1v0v0";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(1)]
    public async Task Reset_at_any_moment_of_the_boot_is_survived(int seed)
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        Random random = new(seed);
        for (int i = 0; i < 20; i++)
        {
            board.Board.SetButton(DevKit.Board.BoardPins.ButtonA, true);
            board.Board.Reset();
            await Task.Delay(random.Next(0, 150));
        }

        // What came before counts for nothing.
        using SerialMonitor fresh = new(board.Board);
        board.Board.Reset();
        await fresh.ReadUntilAsync("The start", Patience, TestContext.CancellationToken, "Started by: the reset button.");
        await fresh.ReadUntilAsync("The prompt", Patience, TestContext.CancellationToken, LineEditor.Prompt);
        fresh.Type("show");
        Assert.Contains("wifissid: not set", await fresh.ReadUntilAsync("The settings", Patience, TestContext.CancellationToken, LineEditor.Prompt), $"seed {seed}");
    }

    [TestMethod]
    [DataRow(2)]
    public async Task Reset_at_any_moment_of_a_setting_leaves_the_old_or_the_new_value(int seed)
    {
        using TestBoard board = new(TestContext.CancellationToken);
        await board.ConfigureAsync();
        Random random = new(seed);
        HashSet<string> possible = ["not set"];
        for (int i = 0; i < 15; i++)
        {
            board.Serial.Type($"set_wifissid network-{i}");
            await Task.Delay(random.Next(0, 100));
            board.Board.SetButton(DevKit.Board.BoardPins.ButtonA, true);
            board.Board.Reset();
            await board.ReadLineAsync("Started by: the reset button.");
            await board.ReadPromptAsync();
            possible.Add($"network-{i}");
            string shown = await board.ObeyAsync("show");
            string now = shown.Split("wifissid: ")[1].Split("\r\n")[0];
            Assert.Contains(now, possible, $"seed {seed}, round {i}");
            possible = [now];
        }
    }

    [TestMethod]
    [DataRow(3)]
    public Task Pulling_the_plug_while_the_UDS_is_set_leaves_the_old_or_the_new_one(int seed) => PullPlugWhileSettingAsync(
        seed,
        60,
        Setting.Uds,
        "set_dps_uds ",
        random => string.Concat(Enumerable.Range(0, 32).Select(_ => random.Next(1, 255).ToString("x2", System.Globalization.CultureInfo.InvariantCulture))));

    // Long enough to be written in several pieces: what is in force is decided by one of them (firmware/StSafe/README.md).
    [TestMethod]
    [DataRow(4)]
    public Task Pulling_the_plug_while_the_hub_is_set_leaves_the_old_or_the_new_one(int seed) => PullPlugWhileSettingAsync(
        seed,
        250,
        Setting.Cloud,
        "set_az_iothub ",
        random =>
        {
            byte[] key = new byte[32];
            random.NextBytes(key);
            string id = string.Concat(Enumerable.Range(0, random.Next(100, 129)).Select(_ => (char)random.Next('a', 'z' + 1)));
            return $"HostName=a-hub-of-some-length.azure-devices.net;DeviceId={id};SharedAccessKey={Convert.ToBase64String(key)}";
        });

    [TestMethod]
    [DataRow(5)]
    public async Task Reset_at_any_moment_of_the_registration_ends_in_a_connection(int seed)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("devkit-cloud-");
        await using (EmulatorHost cloud = await EmulatorHost.StartAsync(
            new EmulatorOptions
            {
                DataFolder = folder.FullName,
                Mqtt = new IPEndPoint(IPAddress.Loopback, 0),
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                AssignDelay = TimeSpan.FromMilliseconds(200),
            },
            TestContext.CancellationToken))
        {
            await EnrollAsync(cloud);
            using TestBoard board = new(TestContext.CancellationToken, new BoardOptions { CloudEndPoint = cloud.MqttEndPoint.ToString() });
            board.Board.Folder.StoreCa(cloud.CaCertificatePem);
            await SetUpAsync(board, cloud.IdScope);
            Random random = new(seed);
            for (int i = 0; i < 2; i++)
            {
                board.Board.Reset();
                await board.ReadLineAsync("You can 1. press Button A and reset");
                await Task.Delay(random.Next(0, 1500));
            }

            board.Board.Reset();
            await board.ReadLineAsync("Started by: the reset button.");
            await board.ReadLineAsync($"Hub: connected to {cloud.HubName} as {RegistrationId}");
            board.Board.PullPlug();
            Assert.AreEqual(Uds, board.ReadStoredText(Setting.Uds));
            Assert.AreEqual(BoardOptions.DefaultSsid, board.ReadStoredText(Setting.WifiSsid));
            Assert.AreEqual("IdScope=" + cloud.IdScope, board.ReadStoredText(Setting.Cloud));
        }

        folder.Delete(recursive: true);
    }

    private async Task PullPlugWhileSettingAsync(int seed, int milliseconds, Setting setting, string command, Func<Random, string> makeValue)
    {
        using TestBoard board = new(TestContext.CancellationToken);
        Random random = new(seed);
        await board.ConfigureAsync();
        string? old = makeValue(random);
        Assert.Contains("INFO: Set ", await board.ObeyAsync(command + old));
        int newOnes = 0;
        const int Rounds = 12;
        for (int i = 0; i < Rounds; i++)
        {
            string value = makeValue(random);
            board.Serial.Type(command + value);
            await board.ReadLineAsync(command + new string('*', value.Length));
            await Task.Delay(random.Next(0, milliseconds));
            board.Board.PullPlug();
            string? now = board.ReadStoredText(setting);
            Assert.IsTrue(now == old || now == value, $"seed {seed}, round {i}: neither the old nor the new value");
            newOnes += now == value ? 1 : 0;
            old = now;
            board.Board.SetButton(DevKit.Board.BoardPins.ButtonA, true);
            board.Board.PlugIn();
            await board.ReadLineAsync("Started by: power.");
            await board.ReadPromptAsync();
        }

        TestContext.WriteLine($"{newOnes} of {Rounds} times the new value.");
    }

    private static async Task SetUpAsync(TestBoard board, string idScope)
    {
        await board.ConfigureAsync();
        string[] lines =
        [
            "set_wifissid " + BoardOptions.DefaultSsid,
            "set_wifipwd " + BoardOptions.DefaultPassword,
            "set_dps_uds " + Uds,
            "set_dps_idscope " + idScope,
        ];
        foreach (string line in lines)
        {
            Assert.Contains("INFO: Set ", await board.ObeyAsync(line));
        }
    }

    private async Task EnrollAsync(EmulatorHost cloud)
    {
        DiceCredential identity = DiceEngine.Derive(Convert.FromHexString(Uds), MeasuredImage.Read()!, RegistrationId);
        using HttpClient http = new() { BaseAddress = cloud.HttpAddress };
        string certificate = Pem.Encode("CERTIFICATE", identity.AliasCertificate);
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri("api/enrollments", UriKind.Relative), new { certificate }, TestContext.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
