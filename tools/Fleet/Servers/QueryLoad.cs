using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;

using DevKit.CommandLine;

namespace DevKit.Fleet.Servers;

/// <summary>What somebody at the page asks while the devices come: the page, a page of a list, one enrollment, one registration.</summary>
internal sealed class QueryLoad(Uri api, int enrollments) : IDisposable
{
    /// <summary>What an answer may take.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { BaseAddress = api };
    private readonly List<TimeSpan> _times = [];

    public void Dispose() => _http.Dispose();

    /// <summary>How many answers there were.</summary>
    internal int Count => _times.Count;

    /// <summary>How many of them took longer than <see cref="Limit"/>.</summary>
    internal int Late => _times.Count(time => time > Limit);

    /// <summary>The time that a share of the answers did not take longer than; null before the first.</summary>
    internal TimeSpan? Percentile(double share) =>
        _times.Count == 0 ? null : _times.Order().ElementAt(Math.Min(_times.Count - 1, (int)(_times.Count * share)));

    /// <summary>Asks on until it is cancelled.</summary>
    /// <exception cref="CommandException">Something was not answered.</exception>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await AskAsync(() => _http.GetAsync("/", CancellationToken.None));
            await AskAsync(() => QueryAsync(""));
            await AskAsync(() => QueryAsync(Pick()));
            await AskAsync(() => _http.GetAsync($"dps/enrollments/{Pick()}", CancellationToken.None));
            await Task.Delay(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        }
    }

    private string Pick() => Enrollments.GetIdleId(RandomNumberGenerator.GetInt32(enrollments));

    private async Task<HttpResponseMessage> QueryAsync(string after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "dps/enrollments/query")
        {
            Content = JsonContent.Create(new { query = "*" }),
        };
        if (after.Length > 0)
        {
            request.Headers.Add("x-ms-continuation", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(after)));
        }

        return await _http.SendAsync(request, CancellationToken.None);
    }

    private async Task AskAsync(Func<Task<HttpResponseMessage>> ask)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await ask();
        await answer.Content.LoadIntoBufferAsync();
        _times.Add(Stopwatch.GetElapsedTime(start));
        if (!answer.IsSuccessStatusCode)
        {
            throw new CommandException($"{answer.RequestMessage?.RequestUri} is answered {(int)answer.StatusCode}.");
        }
    }
}
