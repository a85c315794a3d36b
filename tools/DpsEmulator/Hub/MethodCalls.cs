using System.Collections.Concurrent;
using System.Globalization;
using DevKit.DpsEmulator.Mqtt;

namespace DevKit.DpsEmulator.Hub;

/// <summary>The direct methods that are called over one connection.</summary>
internal sealed class MethodCalls(MqttPeer peer)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<MethodResult>> _pending = new(StringComparer.Ordinal);
    private int _lastRequest;

    /// <summary>Calls a method and waits for the answer; null when the device has not subscribed to methods.</summary>
    /// <exception cref="OperationCanceledException">No answer came in time, or the connection ended.</exception>
    internal async Task<MethodResult?> InvokeAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, peer.Ended);
        string requestId = Interlocked.Increment(ref _lastRequest).ToString("x", CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<MethodResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[requestId] = answer;
        try
        {
            Task<bool> sent = peer.PublishAsync(HubTopics.MethodCalls, HubTopics.ForMethodCall(name, requestId), payload).AsTask();
            return await sent.WaitAsync(waiting.Token) ? await answer.Task.WaitAsync(waiting.Token) : null;
        }
        finally
        {
            _pending.TryRemove(requestId, out _);
        }
    }

    /// <summary>The device has answered; an answer to a call that nobody waits for is none.</summary>
    internal void Complete(string requestId, MethodResult result)
    {
        if (_pending.TryGetValue(requestId, out TaskCompletionSource<MethodResult>? answer))
        {
            answer.TrySetResult(result);
        }
    }
}
