using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>
/// Speaks with the Device Provisioning Service by its REST. What it is too busy for (429), or fails at (5xx), is sent again: when the
/// service says (Retry-After), else after pauses that grow.
/// </summary>
internal sealed class ProvisioningServiceClient : IDisposable
{
    private const string ApiVersion = "2021-10-01";
    private const int Attempts = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(60);

    private readonly ServiceConnection _connection;
    private readonly HttpClient _http;
    private readonly Terminal _terminal;

    /// <param name="connection">The service and its key, which stay the caller's.</param>
    /// <param name="handler">Sends requests; disposed of with this.</param>
    /// <param name="terminal">Who is told of pauses.</param>
    public ProvisioningServiceClient(ServiceConnection connection, HttpMessageHandler handler, Terminal terminal)
    {
        _connection = connection;
        _terminal = terminal;
        _http = new HttpClient(handler) { BaseAddress = new Uri($"https://{connection.Host}/"), Timeout = LongestAnswer };
    }

    /// <summary>Waits between attempts.</summary>
    public Func<TimeSpan, CancellationToken, Task> Pause { get; init; } = Task.Delay;

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request until it is answered.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, its parts escaped.</param>
    /// <param name="body">The JSON, or null.</param>
    /// <param name="ifMatch">The entity tag that the object is to have, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CommandException">It can't be reached, refuses the key, or stays busy.</exception>
    public async Task<ServiceAnswer> SendAsync(
        HttpMethod method, string path, JsonNode? body, string? ifMatch, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            (ServiceAnswer? answer, TimeSpan? retryAfter) = await TrySendAsync(method, path, body, ifMatch, cancellation);
            if (answer is { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden })
            {
                throw new CommandException(
                    $"{_connection.Host} refuses the key of {_connection.Policy}: {answer.Message} Give the connection string of a policy "
                    + "that may read and write enrollments.");
            }

            if (answer is { Status: < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests })
            {
                return answer;
            }

            string problem = answer?.Message ?? "the connection was lost.";
            if (attempt == Attempts)
            {
                throw new CommandException(
                    $"{_connection.Host} did not answer {attempt} times: {problem} Run the command again later: it goes on.");
            }

            TimeSpan pause = retryAfter ?? FirstPause * ((1 << (attempt - 1)) * (1 + Random.Shared.NextDouble()));
            _terminal.Warn($"{_connection.Host}: {problem} Trying again in {Math.Ceiling(pause.TotalSeconds)} s.");
            await Pause(pause, cancellation);
        }
    }

    private async Task<(ServiceAnswer? Answer, TimeSpan? RetryAfter)> TrySendAsync(
        HttpMethod method, string path, JsonNode? body, string? ifMatch, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, $"{path}?api-version={ApiVersion}")
        {
            Content = body == null ? null : JsonContent.Create(body),
        };
        request.Headers.TryAddWithoutValidation("Authorization", _connection.CreateToken(DateTimeOffset.UtcNow));
        if (ifMatch != null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            string text = await response.Content.ReadAsStringAsync(cancellation);
            return (new ServiceAnswer(response.StatusCode, ParseBody(text)), ReadRetryAfter(response.Headers.RetryAfter));
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new CommandException($"{_connection.Host} can't be reached: {e.Message} See to the network, or to --connect.");
        }
        catch (HttpRequestException e) when (e.InnerException is AuthenticationException inner)
        {
            throw new CommandException(
                $"{_connection.Host} is not trusted: {inner.Message} For a cloud of your own name its CA's certificate with --trust.");
        }
        catch (Exception e) when (
            e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return (null, null);
        }
    }

    private static JsonNode? ParseBody(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan? ReadRetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? header?.Date - DateTimeOffset.UtcNow;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
