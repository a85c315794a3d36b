using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DevKit.DpsEmulator.Http;

/// <summary>GET /api/events: server-sent events that say when to look again.</summary>
internal static class ChangeEvents
{
    /// <summary>Changes in quick succession are told as one.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    internal static void Map(IEndpointRouteBuilder routes, ChangeFeed changes) =>
        routes.MapGet("/api/events", (IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(Watch(changes, lifetime.ApplicationStopping, cancellationToken), "change"));

    private static async IAsyncEnumerable<string> Watch(
        ChangeFeed changes, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        while (!end.IsCancellationRequested)
        {
            Task next = changes.Next;
            yield return "look";
            await next.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pace, CancellationToken.None);
        }
    }
}
