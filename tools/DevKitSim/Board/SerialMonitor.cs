using System.Text;
using DevKit.Boot.Console;

namespace DevKit.Sim.Board;

/// <summary>A serial monitor that reads along, for a user who types and looks.</summary>
public sealed class SerialMonitor : IDisposable
{
    private readonly VirtualDevKit _board;
    private readonly StringBuilder _received = new();
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private int _read;
    private bool _isDisposed;

    /// <summary>Connects to a board's serial port.</summary>
    public SerialMonitor(VirtualDevKit board)
    {
        _board = board;
        _board.SerialSent += OnSent;
    }

    /// <summary>Everything received so far, for a message about what was seen.</summary>
    public string Tail
    {
        get
        {
            lock (_lock)
            {
                string text = _received.ToString();
                return text[Math.Max(0, text.Length - 600)..];
            }
        }
    }

    /// <summary>Types a line and Enter.</summary>
    public void Type(string line) => _board.TypeSerial(Encoding.UTF8.GetBytes(line + "\r"));

    /// <summary>Reads on until one of some texts comes.</summary>
    /// <param name="what">What is waited for, for the message when it does not come.</param>
    /// <param name="timeout">How long to wait at the most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="texts">The texts; the first that has come counts.</param>
    /// <returns>What was read, up to the end of the line in which the text stands, or of the prompt.</returns>
    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<string> ReadUntilAsync(string what, TimeSpan timeout, CancellationToken cancellation, params string[] texts)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        while (true)
        {
            if (TryRead(texts, out string text))
            {
                return text;
            }

            try
            {
                await _arrived.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"{what} did not come within {timeout.TotalSeconds:0} s. The serial port's last lines:\n{Tail}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _board.SerialSent -= OnSent;
        lock (_lock)
        {
            _isDisposed = true;
            _arrived.Dispose();
        }
    }

    private bool TryRead(string[] texts, out string read)
    {
        lock (_lock)
        {
            string text = _received.ToString(_read, _received.Length - _read);
            foreach (string wanted in texts)
            {
                int at = text.IndexOf(wanted, StringComparison.Ordinal);
                int lineEnd = at < 0 ? -1 : text.IndexOf('\n', at + wanted.Length);
                bool isPrompt = wanted == LineEditor.Prompt;
                if (at >= 0 && (lineEnd >= 0 || isPrompt))
                {
                    int length = isPrompt ? at + wanted.Length : lineEnd + 1;
                    read = text[..length];
                    _read += length;
                    return true;
                }
            }
        }

        read = "";
        return false;
    }

    private void OnSent(byte[] bytes)
    {
        lock (_lock)
        {
            // The board's thread may have been on its way here when the monitor was taken off.
            if (!_isDisposed)
            {
                _received.Append(Encoding.UTF8.GetString(bytes));
                _arrived.Release();
            }
        }
    }
}
