using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DevKit.Support.Servers;
using MQTTnet.Adapter;
using MQTTnet.Channel;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace DevKit.Dps.Tests.Services;

/// <summary>
/// A device's connection to a scripted service: TLS by .NET, packets by MQTTnet. What the device publishes is acknowledged as long as
/// <see cref="IsAcknowledging"/>, a ping is answered; all else is the test's.
/// </summary>
internal sealed class ServiceConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly MqttChannelAdapter _adapter;
    private readonly List<MqttPacket> _received = [];
    private readonly SemaphoreSlim _sending = new(1);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnded;

    private ServiceConnection(Socket socket, SslStream stream, IReadOnlyList<X509Certificate2> chain)
    {
        (_socket, _stream, ClientChain) = (socket, stream, chain);
        _adapter = new MqttChannelAdapter(
            new StreamChannel(stream),
            new MqttPacketFormatterAdapter(MqttProtocolVersion.V311, new MqttBufferWriter(4096, 65_535)),
            MqttNetNullLogger.Instance);
    }

    /// <summary>The certificates that the device sent, its own first.</summary>
    internal IReadOnlyList<X509Certificate2> ClientChain { get; }

    /// <summary>Whether what the device publishes is acknowledged.</summary>
    internal bool IsAcknowledging { get; set; } = true;

    /// <summary>Makes the handshake.</summary>
    /// <exception cref="AuthenticationException">The device refuses.</exception>
    /// <exception cref="IOException">The device went away.</exception>
    internal static async Task<ServiceConnection> AcceptAsync(Socket socket, X509Certificate2 certificate, CancellationToken cancellation)
    {
        var chain = new List<X509Certificate2>();
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls12,
                RemoteCertificateValidationCallback = (_, own, sent, _) =>
                {
                    if (own is not null)
                    {
                        // .NET has the device's own among the others in no fixed order.
                        chain.Add(new X509Certificate2(own));
                        chain.AddRange(
                            sent!.ChainPolicy.ExtraStore.Where(other => !other.RawData.AsSpan().SequenceEqual(own.GetRawCertData())));
                    }

                    return true;
                },
            },
            cancellation);
        var connection = new ServiceConnection(socket, stream, chain);
        _ = connection.PumpAsync();
        return connection;
    }

    /// <summary>Sends a packet.</summary>
    internal Task SendAsync(MqttPacket packet) => SendAsync(limit => _adapter.SendPacketAsync(packet, limit));

    /// <summary>Sends bytes, whether they are a packet or not.</summary>
    internal Task SendBytesAsync(params byte[] bytes) => SendAsync(limit => _stream.WriteAsync(bytes, limit).AsTask());

    /// <summary>The next packet of a kind, and of a content; those before it stay for others.</summary>
    internal async Task<T> ReceiveAsync<T>(Func<T, bool>? match = null)
        where T : MqttPacket
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        while (true)
        {
            Task changed;
            lock (_received)
            {
                if (_received.OfType<T>().FirstOrDefault(packet => match?.Invoke(packet) ?? true) is { } found)
                {
                    _received.Remove(found);
                    return found;
                }

                Assert.IsFalse(_isEnded, $"The device closed, and sent no such {typeof(T).Name}.");
                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Waits until the device has closed.</summary>
    internal async Task ExpectEndAsync()
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        while (true)
        {
            Task changed;
            lock (_received)
            {
                if (_isEnded)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(limit.Token);
        }
    }

    /// <summary>Breaks the connection: the device's system learns it by a reset.</summary>
    internal void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose() => _stream.Dispose();

    private async Task SendAsync(Func<CancellationToken, Task> send)
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        await _sending.WaitAsync(limit.Token);
        try
        {
            await send(limit.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                MqttPacket packet = await _adapter.ReceivePacketAsync(CancellationToken.None);
                Add(packet);
                if (packet is MqttPublishPacket { PacketIdentifier: > 0 } publish && IsAcknowledging)
                {
                    await SendAsync(new MqttPubAckPacket { PacketIdentifier = publish.PacketIdentifier });
                }
                else if (packet is MqttPingReqPacket && IsAcknowledging)
                {
                    await SendAsync(MqttPingRespPacket.Instance);
                }
            }
        }
        catch (Exception)
        {
            // However it ended: no more comes.
            Add(null);
        }
    }

    private void Add(MqttPacket? packet)
    {
        lock (_received)
        {
            if (packet is null)
            {
                _isEnded = true;
            }
            else
            {
                _received.Add(packet);
            }

            TaskCompletionSource changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    /// <summary>A stream as MQTTnet takes it. The end is an error: MQTTnet would ask for more for good.</summary>
    private sealed class StreamChannel(Stream stream) : IMqttChannel
    {
        public X509Certificate2? ClientCertificate => null;

        public EndPoint? RemoteEndPoint => null;

        public EndPoint? LocalEndPoint => null;

        public bool IsSecureConnection => true;

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(offset, count), cancellationToken);
            return read > 0 || count == 0 ? read : throw new EndOfStreamException();
        }

        public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
            await stream.WriteAsync(buffer.ToArray(), cancellationToken);

        public void Dispose()
        {
        }
    }
}
