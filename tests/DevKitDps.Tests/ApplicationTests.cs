using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Dice;
using DevKit.Dps.Tests.Support;
using DevKit.DpsEmulator.Host;
using DevKit.Support.Machines;
using static DevKit.Dps.Tests.Support.ApplicationRig;

namespace DevKit.Dps.Tests;

/// <summary>The application against the local cloud: real TLS and MQTT, everything else of the board in this process.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ApplicationTests : IDisposable
{
    /// <summary>What is tried again, is tried again within 2 s the first time. Absence needs time; a slow machine cannot fail it.</summary>
    private static readonly TimeSpan LongestFirstPause = TimeSpan.FromSeconds(3);

    private readonly ApplicationRig _rig = new();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task An_enrolled_device_is_assigned_and_sends_telemetry()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        DiceCredential identity = MakeIdentity("image");
        await EnrollAsync(cloud, identity);
        RunApplication(machine, identity, Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent($"DPS: assigned to {cloud.HubName} as {Id}");
        machine.WaitForSent($"Hub: connected to {cloud.HubName} as {Id}");
        machine.WaitForSent("Hub: sent {\"message\":1,");
        Assert.IsTrue(machine.ReadPin(BoardPins.WifiLed));
        Assert.IsTrue(machine.ReadPin(BoardPins.AzureLed));
        Assert.IsTrue(machine.ReadPin(BoardPins.RgbGreen));
        Assert.IsFalse(machine.ReadPin(BoardPins.RgbRed));
    }

    [TestMethod]
    public async Task Another_image_is_refused_with_401()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        await EnrollAsync(cloud, MakeIdentity("image"));
        RunApplication(machine, MakeIdentity("another image"), Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent("ERROR: DPS answers 401002 to my-devkit.");
        machine.WaitForSent("show_identity");
    }

    [TestMethod]
    public async Task A_wrong_ID_scope_is_told()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        RunApplication(machine, MakeIdentity("image"), Settings("IdScope=0neFFFFFFFF"));
        machine.WaitForSent("ERROR: ");
        machine.WaitForSent("ID scope");
    }

    [TestMethod]
    public async Task A_server_of_a_CA_that_is_not_stored_is_not_talked_to()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        machine.CaStore = null;
        RunApplication(machine, MakeIdentity("image"), Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent("ERROR: The certificate of global.azure-devices-provisioning.net is refused (TLS -9984).");
        machine.WaitForSent("its CA is neither one of Azure's nor stored in the device");
    }

    [TestMethod]
    public void A_name_that_does_not_resolve_is_told()
    {
        using TestMachine machine = new();
        RunApplication(machine, MakeIdentity("image"), Settings("DPSEndpoint=no.such.host;IdScope=0ne00000001"));
        machine.WaitForSent("ERROR: The name no.such.host can't be resolved");
        machine.WaitForSent("set_dps_endpoint");
    }

    [TestMethod]
    public void A_missing_ID_scope_is_told()
    {
        using TestMachine machine = new();
        RunApplication(machine, MakeIdentity("image"), Settings("RegistrationId=my-devkit"));
        machine.WaitForSent("ERROR: No ID scope of a provisioning service is set.");
    }

    [TestMethod]
    [DataRow("elsewhere", "password", "is not in reach", "type: scan")]
    [DataRow("home", "wrong", "refuses the password", "type: set_wifipwd")]
    public void Wifi_that_cannot_be_joined_is_told(string ssid, string password, string message, string remedy)
    {
        using TestMachine machine = new();
        RunApplication(machine, MakeIdentity("image"), new DeviceSettings(ssid, Encoding.UTF8.GetBytes(password), new CloudSettings()));
        machine.WaitForSent(message);
        machine.WaitForSent(remedy);
    }

    [TestMethod]
    public async Task A_device_registers_by_its_symmetric_key_and_reaches_the_hub()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        string connection = await EnrollByKeyAsync(cloud);
        RunApplication(machine, MakeIdentity("image"), Settings(connection));
        machine.WaitForSent($"DPS: assigned to {cloud.HubName} as {Id}");
        machine.WaitForSent($"Hub: connected to {cloud.HubName} as {Id}");
        machine.WaitForSent("Hub: sent {\"message\":1,");
        Assert.AreEqual("sas", (string?)(await GetDeviceAsync(cloud))["authentication"]!["type"]);
        Assert.DoesNotContain(KeyOf(connection), machine.Sent);
    }

    [TestMethod]
    public async Task A_device_reaches_a_hub_by_its_connection_string_without_DPS()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        string connection = await AddDeviceAsync(cloud);
        RunApplication(machine, MakeIdentity("image"), Settings(connection));
        machine.WaitForSent($"Hub: connected to {cloud.HubName} as {Id}");
        machine.WaitForSent("Hub: sent {\"message\":1,");
        Assert.DoesNotContain("DPS:", machine.Sent);
        Assert.DoesNotContain(KeyOf(connection), machine.Sent);
    }

    [TestMethod]
    public async Task A_wrong_key_is_told_by_DPS_with_its_remedy_and_not_hammered()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        string connection = await EnrollByKeyAsync(cloud);
        RunApplication(machine, MakeIdentity("image"), Settings(WithAnotherKey(connection)));
        machine.WaitForSent($"ERROR: DPS answers 401002 to {Id}. Unauthorized");
        machine.WaitForSent($"The key is not the enrolled one of {Id}: in configuration mode type: set_az_iotdps");
        await Task.Delay(LongestFirstPause, TestContext.CancellationToken);
        Assert.HasCount(1, _rig.CloudLog.Where(line => line.Contains("401002: its SAS token is not signed", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_wrong_key_is_told_at_the_hub_with_its_remedy_and_not_hammered()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        string connection = await AddDeviceAsync(cloud);
        RunApplication(machine, MakeIdentity("image"), Settings(WithAnotherKey(connection)));
        machine.WaitForSent($"ERROR: {cloud.HubName} refuses the device {Id} (MQTT return code 5).");
        machine.WaitForSent("Check the enrollment, the ID scope and the keys");
        await Task.Delay(LongestFirstPause, TestContext.CancellationToken);
        Assert.HasCount(1, _rig.CloudLog.Where(line => line.Contains("its SAS token is not signed", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task An_owner_signed_DeviceID_certificate_goes_along_and_the_enrolled_alias_certificate_is_accepted()
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        ConcurrentQueue<RecordingStream> connections = Record(machine);
        DiceCredential identity = MakeIdentity("image");
        await EnrollAsync(cloud, identity);
        byte[] owners = OwnerCa.Sign(identity);
        Assert.IsTrue(identity.TryAttachOwnerCertificate(owners, out string problem), problem);
        RunApplication(machine, identity, Settings("IdScope=" + cloud.IdScope));
        machine.WaitForSent($"DPS: assigned to {cloud.HubName} as {Id}");
        machine.WaitForSent("Hub: sent {\"message\":1,");
        Assert.HasCount(2, connections, "DPS and hub");
        foreach (byte[] sent in connections.Select(connection => connection.Sent))
        {
            // TLS 1.2 sends the client's certificates in clear (RFC 5246, 7.4.6): each behind its length, 3 bytes.
            int alias = sent.AsSpan().IndexOf(identity.AliasCertificate);
            Assert.IsGreaterThan(0, alias);
            Assert.AreEqual(alias + identity.AliasCertificate.Length + 3, sent.AsSpan().IndexOf(owners));
        }
    }

    [TestMethod]
    [DataRow(false, DisplayName = "registered by certificate")]
    [DataRow(true, DisplayName = "connected by connection string")]
    public async Task A_hub_that_went_away_and_came_back_is_connected_to_again(bool byConnectionString)
    {
        await using EmulatorHost cloud = await _rig.StartCloudAsync();
        using TestMachine machine = MakeMachine(cloud);
        DiceCredential identity = MakeIdentity("image");
        await EnrollAsync(cloud, identity);
        RunApplication(machine, identity, Settings(byConnectionString ? await AddDeviceAsync(cloud) : "IdScope=" + cloud.IdScope));
        machine.WaitForSent("Hub: sent {\"message\":1,");
        long last = (long)(await GetTelemetryAsync(cloud, "wait=60"))["last"]!;
        await cloud.DisposeAsync();
        machine.WaitForSent("ERROR: ");

        await using EmulatorHost again = await _rig.StartCloudAsync(cloud);
        JsonNode page = await GetTelemetryAsync(again, $"after={last}&wait=60");
        Assert.IsNotEmpty(page["messages"]!.AsArray(), machine.Sent);
        Assert.AreEqual("Connected", (string?)(await GetDeviceAsync(again))["connectionState"]);
        Assert.IsTrue(machine.ReadPin(BoardPins.AzureLed));
        Assert.IsFalse(machine.ReadPin(BoardPins.RgbRed));
    }

    public void Dispose() => _rig.Dispose();

    private static string KeyOf(string connection) => connection[(connection.LastIndexOf("Key=", StringComparison.Ordinal) + 4)..];

    private static string WithAnotherKey(string connection) =>
        connection.Replace(KeyOf(connection), Convert.ToBase64String(new byte[32]), StringComparison.Ordinal);

    private static ConcurrentQueue<RecordingStream> Record(TestMachine machine)
    {
        ConcurrentQueue<RecordingStream> connections = new();
        Func<string, int, Stream> open = machine.OpenConnection!;
        machine.OpenConnection = (host, port) =>
        {
            RecordingStream connection = new(open(host, port));
            connections.Enqueue(connection);
            return connection;
        };
        return connections;
    }
}
