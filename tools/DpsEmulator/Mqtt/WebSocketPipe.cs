using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using DevKit.Mqtt;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>
/// MQTT over a WebSocket as a pair of pipes: packets need not begin or end where messages do (MQTT-6.0.0-2), and all are binary
/// (MQTT-6.0.0-1).
/// </summary>
internal sealed class WebSocketPipe : IDuplexPipe
{
    /// <summary>How long the client may take to close the WebSocket after this side has.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly Pipe _received = new();
    private readonly Pipe _sent = new();
    private WebSocketCloseStatus _status = WebSocketCloseStatus.NormalClosure;

    internal WebSocketPipe(WebSocket socket) => _socket = socket;

    /// <inheritdoc/>
    public PipeReader Input => _received.Reader;

    /// <inheritdoc/>
    public PipeWriter Output => _sent.Writer;

    /// <summary>Moves bytes both ways while a server reads and writes the pipes; then closes the WebSocket.</summary>
    /// <param name="serve">The server; the connection is over when it ends.</param>
    /// <param name="cancellationToken">Breaks the connection off.</param>
    internal async Task RunAsync(Func<Task> serve, CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task receiving = ReceiveAsync(closing.Token);
        Task sending = SendAsync(closing.Token);
        await serve();
        await _received.Reader.CompleteAsync();
        await _sent.Writer.CompleteAsync();
        await sending;
        closing.CancelAfter(CloseTimeout);
        await receiving;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            bool wanted = true;
            while (await ReceiveSomeAsync(wanted, cancellationToken))
            {
                wanted = wanted && !(await _received.Writer.FlushAsync(cancellationToken)).IsCompleted;
            }
        }
        catch (WebSocketException error)
        {
            failure = new IOException(error.Message, error);
        }
        catch (Exception error)
        {
            failure = error;
        }

        await _received.Writer.CompleteAsync(failure);
    }

    /// <summary>Receives what there is; false when the client has closed the WebSocket.</summary>
    /// <param name="wanted">Whether anybody still reads it: what is not wanted is dropped, until the client closes too.</param>
    /// <param name="cancellationToken">Breaks the connection off.</param>
    private async ValueTask<bool> ReceiveSomeAsync(bool wanted, CancellationToken cancellationToken)
    {
        // No buffer is held while nothing comes.
        ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        if (part.MessageType == WebSocketMessageType.Binary)
        {
            part = await _socket.ReceiveAsync(_received.Writer.GetMemory(), cancellationToken);
        }

        if (part.MessageType == WebSocketMessageType.Text)
        {
            _status = WebSocketCloseStatus.InvalidMessageType;
            throw new MqttProtocolException("A WebSocket message is text, not binary (MQTT-6.0.0-1).");
        }

        _received.Writer.Advance(wanted ? part.Count : 0);
        return part.MessageType != WebSocketMessageType.Close;
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            ReadResult result;
            do
            {
                result = await _sent.Reader.ReadAsync(cancellationToken);
                foreach (ReadOnlyMemory<byte> part in result.Buffer)
                {
                    await _socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
                }

                _sent.Reader.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted);
            await _socket.CloseOutputAsync(_status, null, cancellationToken);
        }
        catch (Exception error) when (error is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody is there any more; whoever writes learns it from the pipe.
        }

        await _sent.Reader.CompleteAsync();
    }
}
