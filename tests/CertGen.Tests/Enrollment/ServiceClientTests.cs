using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DevKit.CertGen.Enrollment;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.Terminals;
using DevKit.CertGen.Tests.Batch;
using DevKit.CommandLine;

namespace DevKit.CertGen.Tests.Enrollment;

/// <summary>Services that are busy, fail, or are cut off, played by a script.</summary>
[TestClass]
public sealed class ServiceClientTests : IAsyncDisposable
{
    private const string Made = """{"isSuccessful":true,"errors":[]}""";
    private const string Busy = """{"errorCode":429001,"message":"Too many requests"}""";

    private readonly Fleet _fleet = new();
    private readonly LocalCloud _cloud = new();
    private readonly List<TimeSpan> _pauses = [];
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _cloud.DisposeAsync();
        _fleet.Dispose();
        await _error.DisposeAsync();
    }

    [TestMethod]
    public async Task Busy_service_is_asked_again_when_it_says_and_one_that_fails_after_growing_pauses()
    {
        MakeBoards(1);
        using var service = new ScriptedService();
        service.Answer(HttpStatusCode.TooManyRequests, Busy, new RetryConditionHeaderValue(TimeSpan.FromSeconds(37)));
        service.Answer(HttpStatusCode.ServiceUnavailable, "<html>");
        service.Lose();
        service.Answer(HttpStatusCode.InternalServerError);
        service.Answer(HttpStatusCode.TooManyRequests, Busy, new RetryConditionHeaderValue(DateTimeOffset.UtcNow.AddHours(-1)));
        service.Answer(HttpStatusCode.OK, Made);

        EnrollReport report = await EnrollAsync(service);

        Assert.AreEqual(1, report.Created);
        Assert.HasCount(6, service.Requests);
        Assert.HasCount(1, service.Bodies.Distinct().ToArray());
        Assert.AreEqual(TimeSpan.FromSeconds(37), _pauses[0]);
        AssertBetween(2, 4, _pauses[1]);
        AssertBetween(4, 8, _pauses[2]);
        AssertBetween(8, 16, _pauses[3]);
        Assert.AreEqual(TimeSpan.Zero, _pauses[4]);
        StringAssert.Contains(_error.ToString(), "429 Too many requests. Trying again in 37 s.");
    }

    [TestMethod]
    public async Task Service_that_stays_busy_ends_the_run_with_the_remedy()
    {
        MakeBoards(1);
        using var service = new ScriptedService();
        for (int i = 0; i < 20; i++)
        {
            service.Answer(HttpStatusCode.TooManyRequests, Busy);
        }

        CommandException e = await Assert.ThrowsExactlyAsync<CommandException>(() => EnrollAsync(service));

        StringAssert.Contains(e.Message, "did not answer 8 times: 429 Too many requests. Run the command again later: it goes on.");
        Assert.HasCount(8, service.Requests);
    }

    [TestMethod]
    public async Task Each_request_has_a_token_for_some_minutes_that_the_key_signs()
    {
        MakeBoards(1);
        using var service = new ScriptedService();
        service.Answer(HttpStatusCode.OK, Made);
        await EnrollAsync(service);

        string token = service.Tokens.Single();
        StringAssert.StartsWith(token, "SharedAccessSignature sr=x.azure-devices-provisioning.net&sig=");
        StringAssert.EndsWith(token, "&skn=owner");
        long expiry = long.Parse(token.Split("&se=")[1].Split('&')[0], CultureInfo.InvariantCulture);
        var left = DateTimeOffset.FromUnixTimeSeconds(expiry) - DateTimeOffset.UtcNow;
        Assert.IsTrue(left > TimeSpan.Zero && left <= TimeSpan.FromMinutes(5), $"{left}");
    }

    [TestMethod]
    public async Task Request_that_is_refused_as_a_whole_is_sent_board_by_board()
    {
        MakeBoards(3);
        using var service = new ScriptedService();
        service.Answer(HttpStatusCode.BadRequest, """{"errorCode":400004,"message":"no"}""");
        service.Answer(HttpStatusCode.OK, Made);
        service.Answer(HttpStatusCode.BadRequest, """{"errorCode":400004,"message":"This one is bad"}""");
        service.Answer(HttpStatusCode.OK, Made);

        EnrollReport report = await EnrollAsync(service);

        Assert.AreEqual(2, report.Created);
        Assert.AreEqual(1, report.Failed);
        StringAssert.Contains(_error.ToString(), "Error: board-2: 400 This one is bad.");
    }

    [TestMethod]
    public async Task Request_that_was_carried_out_though_its_answer_was_lost_is_not_taken_for_a_conflict()
    {
        await _cloud.StartAsync();
        _cloud.Open(_fleet);
        MakeBoards(2);
        using var service = new ScriptedService(OpenCloud());
        service.LoseAnswer();

        EnrollReport report = await EnrollAsync(service, _cloud.Host.ConnectionStrings[0]);

        CollectionAssert.AreEqual(
            new[] { "POST enrollments", "POST enrollments", "GET enrollments/board-1", "GET enrollments/board-2" }, service.Requests);
        Assert.AreEqual(2, report.Unchanged);
        Assert.AreEqual(0, report.Failed);
    }

    [TestMethod]
    public async Task Boards_go_by_tens_and_a_run_that_was_cut_off_goes_on()
    {
        await _cloud.StartAsync();
        string[] options = _cloud.Open(_fleet);
        MakeBoards(25);
        using var service = new ScriptedService(OpenCloud()) { IsCut = true };
        service.PassOn();
        service.PassOn();

        await Assert.ThrowsExactlyAsync<CommandException>(() => EnrollAsync(service, _cloud.Host.ConnectionStrings[0]));
        CollectionAssert.AreEqual(new[] { "POST enrollments", "POST enrollments", "POST enrollments" }, service.Requests);
        CollectionAssert.AreEqual(
            new[] { 10, 10, 5 }, service.Bodies.Select(body => JsonNode.Parse(body)!["enrollments"]!.AsArray().Count).ToArray());

        Assert.AreEqual(0, _fleet.CertGen.Run(["enroll", Fleet.Manifest, .. options]), _fleet.CertGen.Error);
        Assert.AreEqual("Enrollments enrolled: 5, there already: 20", _fleet.CertGen.Output.TrimEnd());
    }

    private static void AssertBetween(double least, double most, TimeSpan pause)
        => Assert.IsTrue(pause.TotalSeconds >= least && pause.TotalSeconds <= most, $"{pause}");

    private void MakeBoards(int count)
    {
        var table = new StringBuilder("registrationId,uds\n");
        for (int i = 1; i <= count; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"board-{i},{Fleet.UdsOf(i)}\n");
        }

        Assert.AreEqual(0, _fleet.Run(table.ToString()), _fleet.CertGen.Error);
    }

    private HttpMessageHandler OpenCloud()
        => ServiceAddress.CreateHandler(_cloud.Host.HttpsEndPoint.ToString(), _fleet.CertGen.PathOf("ca.pem"));

    private async Task<EnrollReport> EnrollAsync(
        ScriptedService service,
        string connectionString = "HostName=x.azure-devices-provisioning.net;SharedAccessKeyName=owner;SharedAccessKey=c2VjcmV0")
    {
        var terminal = new Terminal { Input = TextReader.Null, Output = TextWriter.Null, Error = _error };
        string path = _fleet.CertGen.WriteSecret("connection.txt", Encoding.ASCII.GetBytes(connectionString));
        using var connection = ServiceConnection.Read(path, terminal);
        var client = new ProvisioningServiceClient(connection, service, terminal)
        {
            Pause = (pause, _) =>
            {
                _pauses.Add(pause);
                return Task.CompletedTask;
            },
        };
        string manifest = _fleet.CertGen.PathOf(Fleet.Manifest);
        return await WorkProgress.RunAsync(terminal, "Boards", 1, progress =>
        {
            var run = new IndividualEnrollments(
                client, Path.GetDirectoryName(manifest)!, new EnrollMode(false, false, false), progress, CancellationToken.None);
            return run.RunAsync(Manifest.Read(manifest));
        });
    }
}
