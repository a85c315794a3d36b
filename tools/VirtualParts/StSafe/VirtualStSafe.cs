using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.I2c;
using NanoStandIns;

namespace DevKit.VirtualParts.StSafe;

/// <summary>
/// An STSAFE-A100 on I2C, as far as the DevKit uses it, without a host session. While it works on a command it does not acknowledge
/// its address; then its answer can be read, from its start again with each read, until the next command. Past the answer's end,
/// and when there is none, it gives FF.
/// </summary>
/// <remarks>A new object on the same store is the chip after the next power-on.</remarks>
public sealed class VirtualStSafe : II2cTarget
{
    /// <summary>The chip's 7-bit address on the DevKit.</summary>
    public const int Address = 0x20;

    private const byte NobodyDrives = 0xFF;

    private static readonly TimeSpan BootTime = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly IChipStore _store;
    private readonly TimeProvider _time;
    private readonly ChipMemory _memory;
    private readonly ChipCommands _commands;
    private byte[] _answer = [];
    private long _busySince;
    private TimeSpan _busyFor;

    /// <summary>A chip that is just powered.</summary>
    /// <param name="store">Where its memory is kept; when that is empty it is a new chip.</param>
    /// <param name="time">The clock that a command's time is taken from; the PC's when null.</param>
    /// <exception cref="InvalidDataException">What the store holds is not a chip's memory.</exception>
    public VirtualStSafe(IChipStore store, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _time = time ?? TimeProvider.System;
        _memory = store.Load() ?? new ChipMemory();
        _commands = new ChipCommands(_memory);
        _busySince = _time.GetTimestamp();
        _busyFor = BootTime;
    }

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Faults { get; set; } = new();

    /// <summary>How many commands it has received since power-on, refused ones counted.</summary>
    public int CommandsReceived { get; private set; }

    /// <inheritdoc/>
    public I2cOutcome Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            I2cOutcome outcome = AcceptTransfer(bytes.Length);
            if (outcome != I2cOutcome.Complete || bytes.IsEmpty)
            {
                return outcome;
            }

            byte[] frame = bytes.ToArray();
            outcome = ApplyCommandFaults(frame, out bool isReceived);
            if (isReceived)
            {
                CommandsReceived++;
                Answer(frame);
            }

            return outcome;
        }
    }

    /// <inheritdoc/>
    public I2cOutcome Read(Span<byte> bytes)
    {
        lock (_gate)
        {
            I2cOutcome outcome = AcceptTransfer(bytes.Length);
            if (outcome != I2cOutcome.Complete)
            {
                return outcome;
            }

            if (Faults.TryStrike(FaultKind.AnswerNotAcknowledged, CommandsReceived, out _))
            {
                return I2cOutcome.NotAcknowledged;
            }

            if (Faults.TryStrike(FaultKind.AnswerTimedOut, CommandsReceived, out _))
            {
                return I2cOutcome.TimedOut;
            }

            bytes.Fill(NobodyDrives);
            _answer.AsSpan(0, Math.Min(_answer.Length, bytes.Length)).CopyTo(bytes);
            ApplyAnswerFaults(bytes);
            return I2cOutcome.Complete;
        }
    }

    /// <summary>How long the chip works on a command: chosen so that a host that does not poll is found out, not measured.</summary>
    private static TimeSpan WorkingTime(int code) => TimeSpan.FromMilliseconds(code switch
    {
        ChipCommands.Update => 9,
        ChipCommands.Reset => 10,
        ChipCommands.GenerateRandom => 4,
        _ => 3,
    });

    private I2cOutcome AcceptTransfer(int length)
    {
        if (Faults.TryStrike(FaultKind.BusStuck, CommandsReceived + 1, out _))
        {
            return I2cOutcome.TimedOut;
        }

        if (Faults.TryStrike(FaultKind.LongTransferRefused, CommandsReceived + 1, longest => length > longest, out _))
        {
            return I2cOutcome.NotAcknowledged;
        }

        return _time.GetElapsedTime(_busySince) < _busyFor ? I2cOutcome.NotAcknowledged : I2cOutcome.Complete;
    }

    /// <summary>Spoils a command on its way.</summary>
    /// <param name="frame">The command; may change.</param>
    /// <param name="isReceived">Whether the chip receives it.</param>
    private I2cOutcome ApplyCommandFaults(byte[] frame, out bool isReceived)
    {
        int command = CommandsReceived + 1;
        isReceived = false;
        if (Faults.TryStrike(FaultKind.CommandNotAcknowledged, command, out _)
            || Faults.TryStrike(FaultKind.CommandByteNotAcknowledged, command, at => at < frame.Length, out _))
        {
            return I2cOutcome.NotAcknowledged;
        }

        if (Faults.TryStrike(FaultKind.CommandTimedOutBefore, command, out _))
        {
            return I2cOutcome.TimedOut;
        }

        if (Faults.TryStrike(FaultKind.PowerCutInCommand, command, at => at <= frame.Length, out _))
        {
            throw new PowerLostException();
        }

        if (Faults.TryStrike(FaultKind.CommandBitFlipped, command, at => at < frame.Length * 8, out int bit))
        {
            Flip(frame, bit);
        }

        isReceived = true;
        return Faults.TryStrike(FaultKind.CommandTimedOutAfter, command, out _) ? I2cOutcome.TimedOut : I2cOutcome.Complete;
    }

    private void Answer(ReadOnlySpan<byte> frame)
    {
        _answer = [];
        if (Faults.TryStrike(FaultKind.ResetBeforeExecution, CommandsReceived, out _))
        {
            return;
        }

        ChipStatus opened = ChipFrame.Parse(frame, out ReadOnlySpan<byte> command);
        ChipResult result = opened != ChipStatus.Ok ? ChipResult.Refuse(opened)
            : Faults.TryStrike(FaultKind.StatusReturned, CommandsReceived, out int status) ? ChipResult.Refuse((ChipStatus)status)
            : _commands.Execute(command);
        Store(result.Write);
        _busySince = _time.GetTimestamp();
        _busyFor = WorkingTime(frame[0]);
        if (!Faults.TryStrike(FaultKind.ResetAfterExecution, CommandsReceived, out _))
        {
            _answer = ChipFrame.Answer(result.Status, result.Data);
        }
    }

    private void Store(ZoneWrite? write)
    {
        if (write is null)
        {
            return;
        }

        bool powerFails = Faults.TryStrike(FaultKind.PowerCutInWrite, CommandsReceived, at => at <= write.Data.Length, out int written);
        if (powerFails)
        {
            write.ApplyUntilPowerFails(written);
        }
        else
        {
            write.Apply();
        }

        Save();
        if (powerFails)
        {
            throw new PowerLostException();
        }
    }

    // Where the store fails (a full disk), what it holds is what the next power-on finds, as behind any power cut.
    private void Save()
    {
        try
        {
            _store.Save(_memory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PowerLostException($"The secure element's memory can't be kept: {e.Message}", e);
        }
    }

    private void ApplyAnswerFaults(Span<byte> bytes)
    {
        int length = bytes.Length;
        if (Faults.TryStrike(FaultKind.AnswerBitFlipped, CommandsReceived, at => at < length * 8, out int bit))
        {
            Flip(bytes, bit);
        }

        if (length >= 3 && Faults.TryStrike(FaultKind.AnswerLengthLies, CommandsReceived, out int lie))
        {
            bytes[1] = (byte)(lie >> 8);
            bytes[2] = (byte)lie;
        }

        if (Faults.TryStrike(FaultKind.AnswerTruncated, CommandsReceived, at => at < length, out int end))
        {
            bytes[end..].Fill(NobodyDrives);
        }

        if (Faults.TryStrike(FaultKind.PowerCutInAnswer, CommandsReceived, at => at <= length, out _))
        {
            throw new PowerLostException();
        }
    }

    private static void Flip(Span<byte> bytes, int bit) => bytes[bit / 8] ^= (byte)(0x80 >> (bit % 8));
}
