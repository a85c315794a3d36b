using System.IO.Pipelines;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A connection whose device neither sends nor reads.</summary>
/// <param name="pauseThreshold">How many bytes it takes before whoever writes has to wait; 0 for any number.</param>
internal sealed class DuplexPipe(int pauseThreshold = 0) : IDuplexPipe
{
    private readonly Pipe _fromDevice = new();
    private readonly Pipe _toDevice = new(new PipeOptions(pauseWriterThreshold: pauseThreshold, resumeWriterThreshold: pauseThreshold));

    /// <inheritdoc/>
    public PipeReader Input => _fromDevice.Reader;

    /// <inheritdoc/>
    public PipeWriter Output => _toDevice.Writer;
}
