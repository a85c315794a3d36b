using System.Runtime.CompilerServices;
using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace DevKit.DpsEmulator.Http;

/// <summary>GET /api/events: server-sent events that name what changed, and first of all one that says that everything may have.</summary>
internal static class ChangeEvents
{
    /// <summary>Changes of one kind and ID in quick succession make one event.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    internal static void Map(IEndpointRouteBuilder routes, ChangeFeed changes) =>
        routes.MapGet("/api/events", (IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(ReadAsync(changes, lifetime.ApplicationStopping, cancellationToken), "change"));

    private static async IAsyncEnumerable<ChangeView> ReadAsync(
        ChangeFeed changes, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        using ChangeSubscription subscription = changes.Subscribe();
        yield return ChangeView.Everything;
        while (true)
        {
            Task<IReadOnlyList<Change>> next = subscription.ReadAsync(end.Token);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!next.IsCompletedSuccessfully)
            {
                yield break;
            }

            foreach (Change change in await next)
            {
                yield return ChangeView.From(change);
            }

            await Task.Delay(Pace, CancellationToken.None);
        }
    }
}
