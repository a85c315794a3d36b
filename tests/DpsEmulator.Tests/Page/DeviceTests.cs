using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Tests.Support;
using DevKit.Mqtt;
using static DevKit.DpsEmulator.Tests.Support.Samples;
using static Microsoft.Playwright.Assertions;

namespace DevKit.DpsEmulator.Tests.Page;

/// <summary>Devices on the page.</summary>
[TestClass]
public sealed class DeviceTests : IAsyncDisposable
{
    private const string Hub = SampleCloud.Hub;
    private const string Version = "?api-version=2021-04-12";
    private const string Route = $"device/{Hub}/{Id}";

    private readonly DeviceCertificate _certificate = DeviceCertificate.Create(Id);
    private Cloud _cloud = null!;

    [TestInitialize]
    public async Task StartAsync() => _cloud = await Provisioning.StartAsync(_certificate, Id);

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _certificate.Dispose();
    }

    [TestMethod]
    public async Task Telemetry_and_connection_are_shown_as_they_come_and_only_they_are_fetched()
    {
        await using Portal portal = await Portal.OpenAsync(_cloud, "devices");
        await Expect(portal.Rows($"Devices of {Hub}")).ToContainTextAsync([$"{Id}not connected"]);
        await portal.Link(Id).ClickAsync();
        await portal.ExpectRouteAsync(Route);
        await Expect(portal.Page.GetByText("It has sent nothing yet.")).ToBeVisibleAsync();
        await Expect(portal.Fact("Registration")).ToContainTextAsync($"{Id} last ");
        await using (TestDevice device = await TestDevice.ConnectHubAsync(_cloud, _certificate, Id))
        {
            await Expect(portal.Fact("Connection")).ToContainTextAsync("connected since");
            portal.Requests.Clear();
            await device.PublishAsync(EventsTopic + "alarm=true", "<b>21.5</b>");
            await Expect(portal.Rows($"Telemetry of {Id}").First).ToContainTextAsync("<b>21.5</b>alarm = true");
            await device.PublishAsync(EventsTopic, "22");
            await Expect(portal.Rows($"Telemetry of {Id}")).ToHaveCountAsync(2);
            await Expect(portal.Rows($"Telemetry of {Id}").First).ToContainTextAsync("22");
            Assert.IsTrue(
                portal.Requests.All(request => !request.Contains("twins", StringComparison.Ordinal)), string.Join(' ', portal.Requests));

            portal.Requests.Clear();
            await device.PublishAsync("$iothub/twin/PATCH/properties/reported/?$rid=1", """{"rgb":"off"}""");
            await Expect(portal.Page.GetByLabel("Reported properties")).ToContainTextAsync("\"rgb\": \"off\"");
            Assert.AreEqual($"hubs/{Hub}/twins/{Id}{Version}", portal.Requests.Single());
        }

        await Expect(portal.Fact("Connection")).ToHaveTextAsync("not connected ");
    }

    [TestMethod]
    public async Task A_message_is_sent_with_its_properties_or_waits()
    {
        await using Portal portal = await Portal.OpenAsync(_cloud, Route);
        await portal.Section("Message to the device").GetByLabel("Text").FillAsync("hello");
        await portal.Section("Message to the device").GetByLabel("Properties").FillAsync("colour = a&b\nempty=");
        await portal.Button("Send").ClickAsync();
        await portal.ExpectMessageAsync($"{Id} is not connected: the message waits for it.");

        await using TestDevice device = await TestDevice.ConnectHubAsync(_cloud, _certificate, Id);
        await Expect(portal.Message).ToBeEmptyAsync();
        await Expect(portal.Fact("Messages waiting for it")).ToHaveTextAsync("1");
        await device.SubscribeAsync(MessagesFilter, MqttQualityOfService.AtMostOnce);
        PublishPacket message = await device.ReceiveAsync<PublishPacket>();
        await Expect(portal.Fact("Messages waiting for it")).ToHaveTextAsync("0");
        Assert.AreEqual("hello", Encoding.UTF8.GetString(message.Payload.Span));
        StringAssert.Contains(message.Topic, "colour=a%26b");
        StringAssert.Contains(message.Topic, "empty=");

        await portal.Section("Message to the device").GetByLabel("Properties").FillAsync("nothing");
        await portal.Button("Send").ClickAsync();
        await portal.ExpectMessageAsync("The property 'nothing' has no name and value");
    }

    [TestMethod]
    public async Task A_method_is_answered_or_it_is_said_whether_the_device_is_away_or_has_not_subscribed()
    {
        await using Portal portal = await Portal.OpenAsync(_cloud, Route);
        await portal.Field("Method").FillAsync("blink");
        await portal.Button("Call").ClickAsync();
        await portal.ExpectMessageAsync("it is not connected");
        await using TestDevice device = await TestDevice.ConnectHubAsync(_cloud, _certificate, Id);
        await Expect(portal.Message).ToBeEmptyAsync();
        await portal.Button("Call").ClickAsync();
        await portal.ExpectMessageAsync("it is connected, and has not subscribed");

        await device.SubscribeAsync(MethodsFilter, MqttQualityOfService.AtMostOnce);
        await portal.Field("Payload").FillAsync("""{"times": 3}""");
        await portal.Button("Call").ClickAsync();
        PublishPacket call = await device.ReceiveAsync<PublishPacket>();
        Assert.AreEqual("""{"times":3}""", Encoding.UTF8.GetString(call.Payload.Span));
        await device.PublishAsync($"$iothub/methods/res/201/?$rid={call.Topic.Split("$rid=")[1]}", """{"done":true}""");
        await Expect(portal.Fact("blink answered")).ToHaveTextAsync("status 201");
        await Expect(portal.Section("Direct method").Locator("pre")).ToContainTextAsync("\"done\": true");
        await portal.Field("Payload").FillAsync("");
        await Expect(portal.Fact("blink answered")).ToHaveCountAsync(0);

        await portal.Field("Seconds to wait for the answer").FillAsync("5");
        await portal.Button("Call").ClickAsync();
        Assert.AreEqual(0, (await device.ReceiveAsync<PublishPacket>()).Payload.Length, "no payload");
        await portal.ExpectMessageAsync("did not answer within 5 seconds");
    }

    [TestMethod]
    public async Task The_twin_is_edited_whole_and_the_device_hears_of_it()
    {
        await using TestDevice device = await TestDevice.ConnectHubAsync(_cloud, _certificate, Id);
        await device.SubscribeAsync(DesiredChangesFilter, MqttQualityOfService.AtMostOnce);
        await using Portal portal = await Portal.OpenAsync(_cloud, Route);
        await portal.Field("Desired properties").FillAsync("""{"interval": 5, "fan": {"on": true}}""");
        await portal.Field("Tags").FillAsync("""{"floor": 2}""");
        await portal.Section("Twin").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await portal.ExpectMessageAsync("The twin is saved.");
        JsonNode told = JsonNode.Parse((await device.ReceiveAsync<PublishPacket>()).Payload.Span)!;
        Assert.AreEqual(5, (int?)told["interval"]);
        JsonNode twin = await _cloud.GetAsync($"hubs/{Hub}/twins/{Id}{Version}");
        Assert.AreEqual("""{"floor":2}""", twin["tags"]!.ToJsonString());

        await portal.Field("Desired properties").FillAsync("""{"interval": 6}""");
        await portal.Section("Twin").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await device.ReceiveAsync<PublishPacket>();
        JsonNode desired = (await _cloud.GetAsync($"hubs/{Hub}/twins/{Id}{Version}"))["properties"]!["desired"]!;
        Assert.AreEqual(6, (int?)desired["interval"]);
        Assert.IsNull(desired["fan"]);

        await portal.Field("Tags").FillAsync("[");
        await portal.Section("Twin").GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await portal.ExpectMessageAsync("Tags: this is no JSON");
    }

    [TestMethod]
    public async Task Its_certificate_is_told_in_words_and_it_is_disabled_and_removed()
    {
        await using TestDevice device = await TestDevice.ConnectHubAsync(_cloud, _certificate, Id);
        await using Portal portal = await Portal.OpenAsync(_cloud, Route);
        await Expect(portal.Fact("Thumbprint, primary")).Not.ToBeEmptyAsync();
        await Expect(portal.Fact("Subject")).ToHaveTextAsync($"CN={Id}");
        await Expect(portal.Fact("SHA-256")).ToHaveTextAsync(_certificate.Fingerprint.ToLowerInvariant());

        await portal.Button("Disable " + Id).ClickAsync();
        await portal.ExpectMessageAsync($"{Id} is disabled.");
        await device.ExpectCloseAsync();
        await Expect(portal.Fact("Status")).ToContainTextAsync("disabled");
        await portal.Button("Enable " + Id).ClickAsync();
        await Expect(portal.Fact("Status")).ToContainTextAsync("enabled");
        await portal.Button("Remove " + Id).ClickAsync();
        await portal.ExpectRouteAsync("devices/" + Hub);
        await Expect(portal.Page.GetByText("This hub has no device.")).ToBeVisibleAsync();
    }

    [TestMethod]
    public async Task A_device_is_made_without_DPS_and_shows_what_to_type_into_its_console()
    {
        await using Portal portal = await Portal.OpenAsync(_cloud, "devices");
        await portal.Field("Device ID").FillAsync("lamp");
        await portal.Button("Make").ClickAsync();
        await portal.ExpectRouteAsync($"device/{Hub}/lamp");
        JsonNode device = await _cloud.GetAsync($"hubs/{Hub}/devices/lamp{Version}");
        string key = (string)device["authentication"]!["symmetricKey"]!["primaryKey"]!;
        Assert.DoesNotContain(key, await portal.Page.ContentAsync());
        await portal.Button("Show keys of lamp").ClickAsync();
        await Expect(portal.Fact("In the DevKit's console"))
            .ToContainTextAsync($"set_az_iothub \"HostName={Hub};DeviceId=lamp;SharedAccessKey={key}\"");

        await portal.GoToAsync("devices");
        await portal.Field("Device ID").FillAsync("lamp");
        await portal.Button("Make").ClickAsync();
        await portal.ExpectMessageAsync("already registered");
        await portal.Field($"Search Devices of {Hub}").FillAsync("la");
        await Expect(portal.Rows($"Devices of {Hub}")).ToHaveCountAsync(1);
    }
}
