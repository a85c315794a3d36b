using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace DevKit.CertGen.Tests.Enrollment;

/// <summary>Answers requests as a script says, and the rest as somebody else does.</summary>
internal sealed class ScriptedService(HttpMessageHandler? rest = null) : DelegatingHandler(rest ?? new SocketsHttpHandler())
{
    private readonly Queue<Func<HttpResponseMessage>> _script = new();
    private bool _losesAnswer;

    /// <summary>The requests, as in <c>POST enrollments</c>.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>The bodies, "" where there is none.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>The tokens.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>Whether a request behind the script fails, as on a cut wire.</summary>
    public bool IsCut { get; set; }

    public void Answer(HttpStatusCode status, string body = "", RetryConditionHeaderValue? retryAfter = null) => _script.Enqueue(() =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        response.Headers.RetryAfter = retryAfter;
        return response;
    });

    /// <summary>Lets a request through to the rest.</summary>
    public void PassOn() => _script.Enqueue(() => null!);

    /// <summary>Loses a request on its way.</summary>
    public void Lose() => _script.Enqueue(() => throw new HttpRequestException(HttpRequestError.ResponseEnded));

    /// <summary>Loses the first answer of the rest on its way.</summary>
    public void LoseAnswer() => _losesAnswer = true;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath[1..]}");
        Bodies.Add(request.Content == null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        Tokens.Add(request.Headers.GetValues("Authorization").Single());
        if (_script.TryDequeue(out Func<HttpResponseMessage>? answer) && answer() is { } response)
        {
            return response;
        }

        if (IsCut && answer == null)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "cut");
        }

        HttpResponseMessage passed = await base.SendAsync(request, cancellationToken);
        bool isLost = _losesAnswer;
        _losesAnswer = false;
        return isLost ? throw new HttpRequestException(HttpRequestError.ResponseEnded) : passed;
    }
}
