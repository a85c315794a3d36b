using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Tests.BadDays;

/// <summary>
/// Clients that show, send and ask what no device should. Each is refused as the documentation says, and a good device that is
/// connected all the while does not notice.
/// </summary>
[TestClass]
public sealed class OddClientTests
{
    private const string Good = "good-device";
    private const string Odd = "odd-device";

    private static readonly TestAuthority Root = TestAuthority.Create("Root");

    [TestMethod]
    [DataRow("two common names")]
    [DataRow("NUL in the common name")]
    [DataRow("another common name")]
    [DataRow("no common name")]
    [DataRow("expired")]
    [DataRow("not yet valid")]
    [DataRow("another CA of the same name")]
    [DataRow("a CA that may not sign")]
    [DataRow("a path that is too long")]
    [DataRow("for servers")]
    public async Task An_odd_certificate_is_refused_with_401(string kind)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollGroupAsync("fleet", Root);
        await using TestDevice good = await ConnectGoodAsync(cloud);
        using DeviceCertificate odd = Create(kind);
        await using TestDevice device = await TestDevice.OpenAsync(cloud, odd);

        DpsReply reply = await device.RegisterAsync(Odd);

        Assert.AreEqual(401, reply.Status, cloud.Log);
        Assert.AreEqual(401002, (int?)reply.Body["errorCode"]);
        Assert.AreEqual("Invalid certificate.", (string?)reply.Body["message"]);
        await ExpectGoodAsync(cloud, good);
    }

    [TestMethod]
    public async Task Another_key_under_an_enrolled_name_is_refused_at_DPS_and_at_the_hub()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice good = await ConnectGoodAsync(cloud);
        using DeviceCertificate other = DeviceCertificate.Create(Good);
        await using TestDevice atDps = await TestDevice.OpenAsync(cloud, other);
        Assert.AreEqual(401, (await atDps.RegisterAsync(Good)).Status);
        await using TestDevice atHub = await TestDevice.OpenAsync(cloud, other);
        Assert.AreEqual(MqttConnectReturnCode.NotAuthorized, await atHub.ConnectHubAsync(Good, null));
        await ExpectGoodAsync(cloud, good);
    }

    [TestMethod]
    [DataRow("forged")]
    [DataRow("stretched in time")]
    [DataRow("stretched to another device")]
    [DataRow("cut")]
    [DataRow("padded")]
    public async Task An_odd_token_is_refused_at_DPS_and_at_the_hub(string kind)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await cloud.EnrollKeyAsync(Odd, Sas.Key);
        await cloud.AddDeviceAsync(Odd, Sas.Key);
        await using TestDevice good = await ConnectGoodAsync(cloud);
        await using TestDevice atDps = await TestDevice.OpenAsync(cloud, null);
        await using TestDevice atHub = await TestDevice.OpenAsync(cloud, null);

        string forDps = Spoil(kind, $"{cloud.Host.IdScope}/registrations/{Odd}", "registration");
        if (await atDps.ConnectDpsAsync(Odd, password: forDps) == MqttConnectReturnCode.Accepted)
        {
            await atDps.SubscribeAsync(TestDevice.DpsAnswers);
            Assert.AreEqual(401, (await atDps.BeginRegistrationAsync(Odd)).Status);
        }

        Assert.AreEqual(
            MqttConnectReturnCode.NotAuthorized,
            await atHub.ConnectHubAsync(Odd, Spoil(kind, $"{cloud.Host.HubName}/devices/{Odd}", null)));
        await ExpectGoodAsync(cloud, good);
    }

    [TestMethod]
    [DataRow($"devices/{Good}/messages/events/")]
    [DataRow($"devices/{Good}/messages/devicebound/")]
    [DataRow("$iothub/methods/POST/reboot/?$rid=1")]
    [DataRow("$dps/registrations/PUT/iotdps-register/?$rid=1")]
    [DataRow("$SYS/broker")]
    public async Task A_topic_that_is_not_its_own_closes_the_connection(string topic)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice good = await ConnectGoodAsync(cloud);
        await using TestDevice odd = await ConnectOddAsync(cloud);

        await odd.SendAsync(new PublishPacket { Topic = topic, Payload = "x"u8.ToArray() });

        await odd.ExpectCloseAsync();
        await ExpectGoodAsync(cloud, good);
    }

    [TestMethod]
    public async Task A_thousand_subscriptions_are_answered_and_not_kept()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice good = await ConnectGoodAsync(cloud);
        await using TestDevice odd = await ConnectOddAsync(cloud);
        var filters = Enumerable.Range(0, 1000).Select(i => $"devices/{Good}/messages/{i}").Append("#").Append("+/+").ToList();

        await odd.SendAsync(new SubscribePacket
        {
            PacketId = 1,
            Subscriptions = [.. filters.Select(filter => new MqttSubscription(filter, MqttQualityOfService.AtLeastOnce))],
        });

        SubackPacket answer = await odd.ReceiveAsync<SubackPacket>();
        Assert.HasCount(filters.Count, answer.ReturnCodes);
        Assert.IsTrue(answer.ReturnCodes.All(code => code == MqttSubscribeReturnCode.Failure));
        await ExpectGoodAsync(cloud, good);
    }

    [TestMethod]
    [DataRow(12)]
    [DataRow(10_000)]
    public async Task JSON_that_is_too_deep_is_refused_with_400(int depth)
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice good = await ConnectGoodAsync(cloud);
        await using TestDevice odd = await ConnectOddAsync(cloud);
        await odd.SubscribeAsync("$iothub/twin/res/#");
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        await odd.SendAsync(new PublishPacket
        {
            Topic = "$iothub/twin/PATCH/properties/reported/?$rid=1",
            Payload = Encoding.UTF8.GetBytes(deep),
        });

        StringAssert.StartsWith((await odd.ReceiveAsync<PublishPacket>()).Topic, "$iothub/twin/res/400/");
        await ExpectGoodAsync(cloud, good);
    }

    [TestMethod]
    public async Task A_packet_that_comes_byte_by_byte_is_read_and_one_that_never_ends_disturbs_nobody()
    {
        await using Cloud cloud = await Cloud.StartAsync();
        await using TestDevice good = await ConnectGoodAsync(cloud);
        await using TestDevice slow = await ConnectOddAsync(cloud);
        byte[] ping = [0xC0, 0x00];
        foreach (byte one in ping)
        {
            await slow.SendBytesAsync(one);
        }

        await slow.ReceiveAsync<PingrespPacket>();

        // The header of a PUBLISH of 100 bytes, three of them, and the end.
        await slow.SendBytesAsync(0x30, 100, 0, 1, (byte)'d');
        await ExpectGoodAsync(cloud, good);
        await slow.DisposeAsync();
        await cloud.WaitForLogAsync($"Hub: {Odd} closed");
        await ExpectGoodAsync(cloud, good);
    }

    private static DeviceCertificate Create(string kind)
    {
        using TestAuthority? issuer = kind switch
        {
            "another CA of the same name" => TestAuthority.Create("Root"),
            "a CA that may not sign" => TestAuthority.Create("Between", Root, new Certified()),
            "a path that is too long" => TestAuthority.Create("Last", Root, new Certified { IsAuthority = true, PathLength = 0 }),
            _ => null,
        };
        using TestAuthority? below = kind == "a path that is too long" ? TestAuthority.Create("Below", issuer) : null;
        TestAuthority signer = below ?? issuer ?? Root;
        using X509Certificate2 issued = kind switch
        {
            "two common names" => signer.Issue(TestAuthority.Subject(Odd, Good)),
            "NUL in the common name" => signer.Issue(TestAuthority.Subject($"{Odd}\0")),
            "another common name" => signer.Issue(Good),
            "no common name" => signer.Issue(TestAuthority.Subject()),
            "expired" => signer.Issue(Odd, new Certified { NotAfter = DateTimeOffset.UtcNow.AddDays(-1) }),
            "not yet valid" => signer.Issue(Odd, new Certified { NotBefore = DateTimeOffset.UtcNow.AddDays(1) }),
            "for servers" => signer.Issue(Odd, new Certified { ExtendedKeyUsage = "1.3.6.1.5.5.7.3.1" }),
            _ => signer.Issue(Odd),
        };
        X509Certificate2[] chain = [.. new[] { below, issuer, Root }.OfType<TestAuthority>()
            .Select(authority => X509CertificateLoader.LoadCertificate(authority.Der))];
        return DeviceCertificate.From(issued, chain);
    }

    private static string Spoil(string kind, string resource, string? keyName)
    {
        DateTimeOffset soon = DateTimeOffset.UtcNow.AddMinutes(1);
        string token = Sas.Create(resource, Sas.Key, keyName, soon);
        return kind switch
        {
            "forged" => Sas.Create(resource, Sas.OtherKey, keyName),
            "stretched in time" => token.Replace(
                $"se={soon.ToUnixTimeSeconds()}", $"se={soon.AddYears(1).ToUnixTimeSeconds()}", StringComparison.Ordinal),
            "stretched to another device" => Sas.Create(resource[..^3], Sas.Key, keyName),
            "cut" => token[..(token.Length / 2)],
            _ => token + "&se=9999999999",
        };
    }

    private static async Task<TestDevice> ConnectGoodAsync(Cloud cloud)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Good);
        await cloud.ProvisionAsync(certificate, Good);
        return await TestDevice.ConnectHubAsync(cloud, certificate, Good);
    }

    private static async Task<TestDevice> ConnectOddAsync(Cloud cloud)
    {
        using DeviceCertificate certificate = DeviceCertificate.Create(Odd);
        await cloud.ProvisionAsync(certificate, Odd);
        return await TestDevice.ConnectHubAsync(cloud, certificate, Odd);
    }

    private static async Task ExpectGoodAsync(Cloud cloud, TestDevice good)
    {
        await good.PublishAsync($"devices/{Good}/messages/events/", "still here");
        await good.SendAsync(new PingreqPacket());
        await good.ReceiveAsync<PingrespPacket>();
        Assert.DoesNotContain($"Hub: {Good} closed", cloud.Log);
    }
}
