using System.Collections.Concurrent;
using DevKit.Azure;
using DevKit.Azure.Provisioning;
using DevKit.Azure.Time;
using DevKit.Dps.Tests.Support;
using DevKit.Dps.Time;
using DevKit.Mqtt;
using static DevKit.Dps.Tests.Support.ScriptedCloud;

namespace DevKit.Dps.Tests.Azure.Provisioning;

/// <summary>What a registration makes of the service's answers.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ProvisioningClientTests : IProvisioningCallback, IDisposable
{
    private const string Assigning = """{"operationId":"4.op","status":"assigning"}""";

    private readonly ScriptedCloud _cloud = new();
    private readonly TaskCompletionSource<int> _assigning = new();
    private readonly ConcurrentQueue<string> _heard = new();
    private ProvisioningStatus? _givesUpAt;

    public TestContext TestContext { get; set; } = null!;

    public void Dispose() => _cloud.Dispose();

    public bool OnStatus(ProvisioningStatus status, RegistrationState? state, int pauseSeconds)
    {
        _heard.Enqueue($"{status} {state?.AssignedHub} {state?.DeviceId}".TrimEnd());
        if (status == ProvisioningStatus.Assigning)
        {
            _assigning.TrySetResult(pauseSeconds);
        }

        return status != _givesUpAt;
    }

    [TestMethod]
    public async Task An_assignment_comes_after_the_pause_that_the_service_wants()
    {
        Task<RegistrationState> registering = await RegisterAsync();
        await _cloud.AnswerAsync("202", "&retry-after=1", Assigning);
        Assert.AreEqual(1, await _assigning.Task);
        PublishPacket poll = await _cloud.AnswerAsync(
            "200", "", """{"status":"assigned","registrationState":{"assignedHub":"hub.example","deviceId":"d","status":"assigned"}}""");
        Assert.AreEqual("$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=4.op", poll.Topic);
        RegistrationState state = await registering;
        Assert.AreEqual("hub.example", state.AssignedHub);
        Assert.AreEqual("d", state.DeviceId);
        CollectionAssert.AreEqual(new[] { "Connected", "Registering", "Assigning", "Assigned hub.example d" }, _heard);
    }

    [TestMethod]
    [DataRow(ProvisioningStatus.Connected)]
    [DataRow(ProvisioningStatus.Registering)]
    [DataRow(ProvisioningStatus.Assigning)]
    public async Task Who_is_notified_can_give_up(ProvisioningStatus status)
    {
        _givesUpAt = status;
        Task<RegistrationState> registering = BeginAsync();
        await _cloud.Server.AcceptAsync();
        if (status != ProvisioningStatus.Connected)
        {
            await _cloud.GrantAsync();
        }

        if (status == ProvisioningStatus.Assigning)
        {
            await _cloud.AnswerAsync("202", "&retry-after=100", Assigning);
        }

        Assert.IsNull(await registering.WaitAsync(TestContext.CancellationToken));
        Assert.AreEqual($"{status}", _heard.Last());
        Assert.IsTrue(_cloud.Connection!.IsClosed);
    }

    [TestMethod]
    [DataRow("disabled", ProvisioningStatus.Disabled)]
    [DataRow("failed", ProvisioningStatus.Failed)]
    public async Task The_end_without_an_assignment_is_a_state(string word, ProvisioningStatus status)
    {
        Task registering = await RegisterAsync();
        await _cloud.AnswerAsync("200", "", $$"""{"status":"{{word}}","registrationState":null}""");
        await Assert.ThrowsExactlyAsync<CloudException>(() => registering);
        Assert.AreEqual($"{status}", _heard.Last());
    }

    [TestMethod]
    [DataRow("401", """{"errorCode":401002,"message":"Unauthorized"}""", CloudReason.KeyNotEnrolled, 401002, "Unauthorized")]
    [DataRow("404", """{"errorCode":404201,"message":"Not found"}""", CloudReason.EnrollmentNotFound, 404201, "Not found")]
    [DataRow("400", """{"errorCode":400004,"message":"Bad"}""", CloudReason.RegistrationFailed, 400004, "Bad")]
    [DataRow("500", "no JSON", CloudReason.RegistrationDeferred, 500, null)]
    [DataRow("200", "no JSON", CloudReason.AnswerInvalid, 0, "no JSON")]
    [DataRow("200", """{"status":"disabled"}""", CloudReason.EnrollmentDisabled, 0, null)]
    [DataRow("200", """{"status":"failed"}""", CloudReason.RegistrationFailed, 0, null)]
    [DataRow(
        "200",
        """{"status":"failed","registrationState":{"errorCode":401002,"errorMessage":"Unauthorized"}}""",
        CloudReason.KeyNotEnrolled,
        401002,
        "Unauthorized")]
    public async Task An_answer_that_is_no_assignment_has_its_reason(string status, string json, CloudReason reason, int code, string? text)
    {
        Task registering = await RegisterAsync();
        await _cloud.AnswerAsync(status, "", json);
        CloudException failure = await AssertFailsAsync(reason, registering);
        Assert.AreEqual(code, failure.Code);
        Assert.AreEqual(text, failure.ServiceText);
        Assert.AreEqual(Host, failure.Host);
    }

    [TestMethod]
    public async Task A_service_that_throttles_says_when_to_come_again()
    {
        Task registering = await RegisterAsync();
        await _cloud.AnswerAsync("429", "&retry-after=77", """{"errorCode":429001,"message":"Too many"}""");
        CloudException failure = await AssertFailsAsync(CloudReason.RegistrationDeferred, registering);
        Assert.AreEqual(77, failure.RetryAfter);
        Assert.IsFalse(failure.IsFinal);
    }

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task A_connection_that_closes_is_told_in_the_pause_before_the_next_question()
    {
        Task registering = await RegisterAsync();
        await _cloud.AnswerAsync("202", "&retry-after=999999", Assigning);
        await _assigning.Task;
        _cloud.Server.CloseConnection();
        await AssertFailsAsync(CloudReason.ConnectionLost, registering.WaitAsync(TestContext.CancellationToken));
    }

    /// <summary>Lets the device connect and subscribe.</summary>
    private async Task<Task<RegistrationState>> RegisterAsync()
    {
        Task<RegistrationState> registering = BeginAsync();
        await _cloud.Server.AcceptAsync();
        await _cloud.GrantAsync();
        return registering;
    }

    private Task<RegistrationState> BeginAsync()
    {
        ProvisioningClient client = new(Host, this, new BoardClock());
        return Task.Run(() => client.Register(new RegistrationRequest("0ne00000001", Id), Key));
    }
}
