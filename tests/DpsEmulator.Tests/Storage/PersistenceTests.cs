using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Storage;

/// <summary>The data folder: what is in it after a restart, and whose it is.</summary>
[TestClass]
public sealed class PersistenceTests
{
    [TestMethod]
    public async Task Everything_is_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        using DeviceCertificate certificate = DeviceCertificate.Create(Id);
        string idScope;
        string ca;
        string enrollment;
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath))
        {
            await before.ProvisionAsync(certificate, Id);
            await using TestDevice device = await TestDevice.ConnectHubAsync(before, certificate, Id);
            await device.PublishAsync($"devices/{Id}/messages/events/a=b", "one");
            await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"fan":true}""");
            await before.UpdateDesiredAsync(Id, new { fan = false });
            await before.SendMessageAsync(Id, new { text = "later" });
            idScope = before.Host.IdScope;
            ca = before.Host.CaCertificatePem;
            enrollment = (await before.GetAsync($"dps/enrollments/{Id}")).ToJsonString();
        }

        await using Cloud after = await Cloud.StartAsync(folder.FullPath);
        Assert.AreEqual(idScope, after.Host.IdScope);
        Assert.AreEqual(ca, after.Host.CaCertificatePem);
        Assert.AreEqual(enrollment, (await after.GetAsync($"dps/enrollments/{Id}")).ToJsonString());
        JsonNode message = (await after.GetTelemetryAsync(Id))["messages"]!.AsArray().Single()!;
        Assert.AreEqual("one", (string?)message["text"]);
        Assert.AreEqual("b", (string?)message["properties"]!["a"]);
        JsonNode twin = await after.GetTwinAsync(Id);
        Assert.AreEqual("Disconnected", (string?)twin["connectionState"]);
        Assert.IsTrue((bool?)twin["properties"]!["reported"]!["fan"]);
        Assert.IsFalse((bool?)twin["properties"]!["desired"]!["fan"]);
        Assert.AreEqual(2, (int?)twin["properties"]!["desired"]!["$version"]);
        await using TestDevice again = await TestDevice.ConnectHubAsync(after, certificate, Id);
        await again.SubscribeAsync($"devices/{Id}/messages/devicebound/#");
        Assert.AreEqual("later", Encoding.UTF8.GetString((await again.ReceiveAsync<PublishPacket>()).Payload.Span));
    }

    [TestMethod]
    public async Task Each_folder_has_an_ID_scope_of_its_own_in_Azures_form()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        await using Cloud one = await Cloud.StartAsync(first.FullPath);
        await using Cloud two = await Cloud.StartAsync(second.FullPath);
        StringAssert.Matches(one.Host.IdScope, new("^0ne[0-9A-F]{8}$"));
        Assert.AreNotEqual(one.Host.IdScope, two.Host.IdScope);
    }

    [TestMethod]
    public async Task One_folder_serves_one_emulator_at_a_time()
    {
        using var folder = new TemporaryFolder();
        await using Cloud first = await Cloud.StartAsync(folder.FullPath);
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, folder.FullPath);
        StringAssert.Contains(error.Message, "--data");
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("file", "");
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(Path.Combine(file, "data")));
        StringAssert.Contains(error.Message, file);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public async Task Folder_and_files_are_for_their_user_alone()
    {
        using var parent = new TemporaryFolder();
        string folder = Path.Combine(parent.FullPath, "new");
        await using Cloud cloud = await Cloud.StartAsync(folder);
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (string path in Directory.GetFiles(folder).Append(folder))
        {
            Assert.AreEqual(UnixFileMode.None, File.GetUnixFileMode(path) & Others, path);
        }
    }

    [TestMethod]
    public async Task Keys_are_there_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath))
        {
            await before.EnrollKeyAsync(Id, Sas.Key);
            await before.AddDeviceAsync("lamp", Sas.OtherKey);
        }

        await using Cloud after = await Cloud.StartAsync(folder.FullPath);
        await using TestDevice device = await TestDevice.OpenAsync(after, null);
        DpsReply reply = await device.RegisterAsync(Id, Sas.Create($"{after.Host.IdScope}/registrations/{Id}", Sas.Key, "registration"));
        Assert.AreEqual("assigned", (string?)reply.Body["status"], after.Log);
        await using TestDevice lamp = await TestDevice.OpenAsync(after, null);
        string token = Sas.Create($"{after.Host.HubName}/devices/lamp", Sas.OtherKey);
        Assert.AreEqual(MqttConnectReturnCode.Accepted, await lamp.ConnectHubAsync("lamp", token), after.Log);
    }
}
