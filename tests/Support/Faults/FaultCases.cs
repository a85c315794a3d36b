using DevKit.Support.Chip;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.Support.Faults;

/// <summary>All the faults to try with an operation: every kind, at every command of it.</summary>
public static class FaultCases
{
    private const byte UpdateZone = 0x06;

    // Code, option, zone, offset (2) and CRC (2) around an update's data.
    private const int UpdateOverhead = 7;

    // Power cuts are tried at every byte; other faults of a long operation at a sample of them.
    private const int EachByte = 1;

    private static readonly int[] SomeThenForEver = [1, 5, 50, Fault.ForEver];
    private static readonly int[] FewThenForEver = [1, 2, 3, Fault.ForEver];
    private static readonly int[] OnceOrForEver = [1, Fault.ForEver];
    private static readonly int[] Statuses = [0x01, 0x02, 0x03, 0x04, 0x06, 0x0A, 0x0B, 0x0F, 0x10, 0x11, 0x12, 0x14, 0x16, 0x18, 0x1F];
    private static readonly int[] Lies = [0, 1, 2, 3, 5, 62, 181, 182, 183, 252, 255, 256, 0x7FFF, 0xFFFF];

    /// <summary>An exchange that an operation makes when all is well.</summary>
    private sealed record Exchange(int Command, byte[] Frame, int AnswerLength);

    public static IEnumerable<Fault> For(Operation operation)
    {
        foreach (Exchange exchange in Observe(operation))
        {
            foreach (
                Fault fault in InCommand(exchange, operation.Stride).Concat(InChip(exchange)).Concat(InAnswer(exchange, operation.Stride)))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<Fault> InCommand(Exchange exchange, int stride)
    {
        int command = exchange.Command;
        foreach (int times in SomeThenForEver)
        {
            yield return new Fault(FaultKind.CommandNotAcknowledged, command, 0, times);
            foreach (int at in Steps(exchange.Frame.Length, times == 1 ? stride : stride * 16))
            {
                yield return new Fault(FaultKind.CommandByteNotAcknowledged, command, at, times);
            }
        }

        foreach (int times in FewThenForEver)
        {
            yield return new Fault(FaultKind.CommandTimedOutBefore, command, 0, times);
            yield return new Fault(FaultKind.CommandTimedOutAfter, command, 0, times);
            yield return new Fault(FaultKind.BusStuck, command, 0, times);
        }

        foreach (int bit in Steps(exchange.Frame.Length * 8, stride))
        {
            yield return new Fault(FaultKind.CommandBitFlipped, command, bit);
        }

        foreach (int at in Steps(exchange.Frame.Length + 1, EachByte))
        {
            yield return new Fault(FaultKind.PowerCutInCommand, command, at);
        }
    }

    private static IEnumerable<Fault> InChip(Exchange exchange)
    {
        int command = exchange.Command;
        foreach (int status in Statuses)
        {
            yield return new Fault(FaultKind.StatusReturned, command, status);
        }

        foreach (int times in OnceOrForEver)
        {
            yield return new Fault(FaultKind.ResetBeforeExecution, command, 0, times);
            yield return new Fault(FaultKind.ResetAfterExecution, command, 0, times);
        }

        if (exchange.Frame[0] == UpdateZone)
        {
            foreach (int written in Steps(exchange.Frame.Length - UpdateOverhead + 1, EachByte))
            {
                yield return new Fault(FaultKind.PowerCutInWrite, command, written);
            }
        }
    }

    private static IEnumerable<Fault> InAnswer(Exchange exchange, int stride)
    {
        int command = exchange.Command;
        foreach (int times in SomeThenForEver)
        {
            yield return new Fault(FaultKind.AnswerNotAcknowledged, command, 0, times);
        }

        foreach (int times in FewThenForEver)
        {
            yield return new Fault(FaultKind.AnswerTimedOut, command, 0, times);
        }

        foreach (int times in OnceOrForEver)
        {
            foreach (int bit in Steps(exchange.AnswerLength * 8, times == 1 ? stride : stride * 8))
            {
                yield return new Fault(FaultKind.AnswerBitFlipped, command, bit, times);
            }

            foreach (int lie in Lies.Where(lie => lie != exchange.AnswerLength - 3))
            {
                yield return new Fault(FaultKind.AnswerLengthLies, command, lie, times);
            }

            foreach (int at in Steps(exchange.AnswerLength, stride))
            {
                yield return new Fault(FaultKind.AnswerTruncated, command, at, times);
            }
        }

        foreach (int at in Steps(exchange.AnswerLength + 1, EachByte))
        {
            yield return new Fault(FaultKind.PowerCutInAnswer, command, at);
        }
    }

    /// <summary>Runs the operation with no fault and takes down its exchanges.</summary>
    private static List<Exchange> Observe(Operation operation)
    {
        var rig = new ChipRig(new MemoryChipStore(operation.Before));
        int skipped = 0;
        if (!operation.MakesDriver)
        {
            _ = rig.Driver;
            skipped = rig.Chip.CommandsReceived;
        }

        operation.Run(rig);
        List<Exchange> exchanges = [];
        foreach (Transfer transfer in rig.Bus.Transfers.Where(transfer => transfer.Outcome == I2cOutcome.Complete))
        {
            if (transfer.Written.Length > 0)
            {
                exchanges.Add(new Exchange(exchanges.Count + 1, transfer.Written, 0));
            }
            else
            {
                Exchange last = exchanges[^1];
                exchanges[^1] = last with { AnswerLength = Math.Max(last.AnswerLength, transfer.Read.Length) };
            }
        }

        return exchanges[skipped..];
    }

    /// <summary>0, stride, twice the stride... and the last, below an end.</summary>
    private static IEnumerable<int> Steps(int end, int stride)
    {
        for (int i = 0; i < end - 1; i += stride)
        {
            yield return i;
        }

        yield return end - 1;
    }
}
