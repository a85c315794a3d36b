using System.IO.Pipelines;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A connection whose other end is the test itself.</summary>
internal sealed class DuplexPipe : IDuplexPipe
{
    private readonly Pipe _fromDevice = new();
    private readonly Pipe _toDevice = new(new PipeOptions(pauseWriterThreshold: 0));

    /// <inheritdoc/>
    public PipeReader Input => _fromDevice.Reader;

    /// <inheritdoc/>
    public PipeWriter Output => _toDevice.Writer;
}
