using NanoStandIns;

namespace System.Device.I2c;

/// <summary>
/// An I2C target, with the habits of nanoFramework's driver for STM32: a transfer counts in 8 bits, and every missing
/// acknowledge, of the address or of a byte, is reported as <see cref="I2cTransferStatus.SlaveAddressNotAcknowledged"/> with 0 bytes.
/// </summary>
public class I2cDevice : IDisposable
{
    /// <summary>The STM32 driver cuts a longer transfer silently; here it is refused, so that a test sees it.</summary>
    private const int LongestTransfer = 255;

    private readonly I2cConnectionSettings _settings;
    private readonly II2cBus _bus;
    private bool _disposed;

    public I2cDevice(I2cConnectionSettings settings)
    {
        _settings = settings;
        _bus = MachineHost.Current.I2cBus(settings.BusId);
    }

    public I2cConnectionSettings ConnectionSettings => _settings;

    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    public byte ReadByte()
    {
        byte[] one = new byte[1];
        _ = Read(one);
        return one[0];
    }

    public I2cTransferResult Read(SpanByte buffer) => Transfer(SpanByte.Empty, buffer);

    public I2cTransferResult WriteByte(byte value) => Write(new[] { value });

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer, SpanByte.Empty);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer, readBuffer);

    public void Dispose() => _disposed = true;

    private I2cTransferResult Transfer(SpanByte write, SpanByte read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (write.Length > LongestTransfer || read.Length > LongestTransfer)
        {
            throw new ArgumentException(
                $"A transfer of {write.Length} bytes out and {read.Length} in: "
                + $"the device's driver counts at most {LongestTransfer} and would cut it silently.");
        }

        I2cOutcome outcome = _bus.Transfer(_settings.DeviceAddress, write.AsSpan(), read.AsSpan());
        return outcome switch
        {
            I2cOutcome.Complete => new I2cTransferResult(I2cTransferStatus.FullTransfer, (uint)(write.Length + read.Length)),
            I2cOutcome.NotAcknowledged => new I2cTransferResult(I2cTransferStatus.SlaveAddressNotAcknowledged, 0),
            _ => new I2cTransferResult(I2cTransferStatus.UnknownError, 0),
        };
    }
}
