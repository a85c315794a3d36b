using System.Text;

namespace DevKit.Sim.Tests.Serial;

/// <summary>A serial monitor's side of a line: reads on until a text has come.</summary>
internal sealed class SerialReader(Stream stream)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _received = new();

    /// <summary>Reads until a text has come since the last one that was waited for.</summary>
    /// <returns>What came, up to the text's end.</returns>
    public async Task<string> ReadUntilAsync(string text)
    {
        using CancellationTokenSource limit = new(Patience);
        byte[] buffer = new byte[4096];
        while (true)
        {
            string received = _received.ToString();
            int at = received.IndexOf(text, StringComparison.Ordinal);
            if (at >= 0)
            {
                _received.Remove(0, at + text.Length);
                return received[..(at + text.Length)];
            }

            // A terminal's read can't be cancelled: it is left behind.
            int count = await Task.Run(() => stream.Read(buffer), limit.Token).WaitAsync(limit.Token);
            Assert.IsGreaterThan(0, count, $"The line was closed; \"{text}\" had not come, but:\n{received}");
            _received.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
    }
}
