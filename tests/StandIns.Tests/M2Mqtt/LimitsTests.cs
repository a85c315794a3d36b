using nanoFramework.M2Mqtt;

namespace NanoStandIns.Tests.M2Mqtt;

/// <summary>Where the stand-in differs from the device's client, on purpose; and what only it lets a test see.</summary>
[TestClass]
public sealed class LimitsTests
{
    [TestMethod]
    public void Of_the_versions_of_MQTT_it_speaks_3_1_1()
    {
        using var rig = new ClientRig();
        rig.Client.ProtocolVersion = MqttProtocolVersion.Version_5;
        Assert.ThrowsExactly<NotSupportedException>(() => rig.Client.Connect("id"));
        Assert.IsEmpty(rig.Network.Connections);
    }

    [TestMethod]
    public void Verification_cannot_be_turned_off()
    {
        Assert.IsTrue(MqttSettings.Instance.ValidateServerCertificate);
        Assert.ThrowsExactly<NotSupportedException>(() => MqttSettings.Instance.ValidateServerCertificate = false);
        Assert.IsTrue(MqttSettings.Instance.ValidateServerCertificate);
    }

    [TestMethod]
    public async Task Close_lets_200_ms_pass_before_it_closes()
    {
        using var rig = new ClientRig();
        await rig.ConnectAsync();
        var pauses = new List<int>();
        bool isEarly = true;
        rig.Client.Pause = milliseconds =>
        {
            pauses.Add(milliseconds);
            isEarly = !rig.Connection.ClosingBegun.IsCompleted;
        };
        rig.Client.Close();
        Assert.IsTrue(isEarly);
        Assert.IsTrue(rig.Connection.ClosingBegun.IsCompleted);
        CollectionAssert.AreEqual(new[] { 200 }, pauses);
    }
}
