using DevKit.StSafe;
using DevKit.Support.Chip;
using DevKit.VirtualParts.Faults;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.Support.Faults;

/// <summary>
/// Every fault with every operation. For each: it ends within a bound of virtual time; with success, or with the
/// documented error; no update is sent twice unless it was surely not taken; what is stored afterwards is the old or the new,
/// whole; and once the fault is gone, the same operation leaves the chip as if there had been none.
/// </summary>
public static class FaultMatrix
{
    // One command is open for at most a second to send, one to answer, and once more for what may be repeated or is read back.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(6);

    /// <summary>Runs every fault against every operation.</summary>
    /// <returns>What came of them, counted, for the test's output.</returns>
    public static string RunAll(IEnumerable<Operation> operations)
    {
        var counts = new FaultCounts();
        foreach (Operation operation in operations)
        {
            foreach (Fault fault in FaultCases.For(operation))
            {
                Run(operation, fault, counts);
            }

            counts.EndOperation(operation.Name);
        }

        return counts.ToString();
    }

    /// <summary>Asserts that no operation makes a transfer that nanoFramework's driver on STM32 cuts, or nearly.</summary>
    public static void AssertTransfersAreShort(IEnumerable<Operation> operations)
    {
        foreach (Operation operation in operations)
        {
            ChipRig rig = PowerOn(operation);
            rig.Chip.Faults = new FaultPlan(new Fault(FaultKind.LongTransferRefused, Fault.AnyCommand, 255, Fault.ForEver));
            operation.Run(rig);
            Assert.AreEqual(0, rig.Chip.Faults.Strikes, operation.Name);
            Assert.IsLessThanOrEqualTo(200, rig.Bus.Transfers.Max(transfer => transfer.Length), operation.Name);
        }
    }

    /// <summary>What the chip holds when power fails just before and just after each of an operation's updates is stored.</summary>
    public static IEnumerable<MemoryChipStore> CutAtEachWrite(Operation operation, MemoryChipStore before)
    {
        for (int command = 2; ; command++)
        {
            foreach (int written in new[] { 0, StSafeA100.MaxDataLength })
            {
                var memory = new MemoryChipStore(before);
                var rig = new ChipRig(memory);
                // An update shorter than the 180 bytes is cut off where it ends.
                rig.Chip.Faults = new FaultPlan(
                    [.. Enumerable.Range(0, written + 1).Reverse().Select(at => new Fault(FaultKind.PowerCutInWrite, command, at))]);
                try
                {
                    operation.Run(rig);
                }
                catch (PowerLostException)
                {
                }

                if (rig.Chip.CommandsReceived < command)
                {
                    yield break;
                }

                if (rig.Chip.Faults.Strikes > 0)
                {
                    yield return memory;
                }
            }
        }
    }

    private static void Run(Operation operation, Fault fault, FaultCounts counts)
    {
        string what = operation.Name + ", " + fault;
        ChipRig rig = PowerOn(operation);
        TimeSpan start = rig.Clock.Elapsed;
        rig.Chip.Faults = new FaultPlan(fault);
        string outcome = Attempt(operation, rig, fault, what);
        TimeSpan time = rig.Clock.Elapsed - start;

        Assert.IsGreaterThan(0, rig.Chip.Faults.Strikes, what + ": the fault did not strike.");
        Assert.IsLessThan(Bound + operation.WellTime, time, what);
        AssertNoUpdateSentTwice(rig, what);
        byte[] seen = operation.Observe(rig.Memory);
        Assert.IsTrue(operation.IsOldOrNew(seen), what + ": neither the old nor the new.");
        if (outcome == FaultCounts.Done)
        {
            Assert.IsTrue(seen.AsSpan().SequenceEqual(operation.New), what + ": said to be done, but is not.");
        }

        operation.Run(new ChipRig(rig.Memory));
        Assert.IsTrue(operation.After.AsSpan().SequenceEqual(Operation.Contents(rig.Memory)), what + ": leaves something behind.");
        counts.Add(fault.Kind, outcome, seen.AsSpan().SequenceEqual(operation.New), time);
    }

    private static string Attempt(Operation operation, ChipRig rig, Fault fault, string what)
    {
        try
        {
            operation.Run(rig);
            return FaultCounts.Done;
        }
        catch (StSafeException e)
        {
            Assert.IsTrue(IsDocumented(fault, e.Status), $"{what}: {e.Status}");
            return e.Status.ToString();
        }
        catch (PowerLostException)
        {
            Assert.Contains("PowerCut", fault.Kind.ToString());
            return FaultCounts.PowerLost;
        }
    }

    /// <summary>What may come of a fault, besides success.</summary>
    private static bool IsDocumented(Fault fault, StSafeStatus status) => fault.Kind switch
    {
        FaultKind.CommandNotAcknowledged or FaultKind.CommandByteNotAcknowledged =>
            fault.Times == Fault.ForEver && status == StSafeStatus.NoAnswer,
        FaultKind.CommandTimedOutBefore or FaultKind.CommandTimedOutAfter or FaultKind.BusStuck or FaultKind.AnswerTimedOut =>
            status == StSafeStatus.BusFault,
        FaultKind.CommandBitFlipped => status == StSafeStatus.CommunicationError,
        FaultKind.StatusReturned => (int)status == fault.Value,
        FaultKind.ResetBeforeExecution or FaultKind.ResetAfterExecution => status == StSafeStatus.BadAnswer,
        FaultKind.AnswerNotAcknowledged => fault.Times == Fault.ForEver && status == StSafeStatus.StillBusy,
        FaultKind.AnswerBitFlipped or FaultKind.AnswerLengthLies or FaultKind.AnswerTruncated =>
            fault.Times == Fault.ForEver && status == StSafeStatus.BadAnswer,
        _ => false,
    };

    private static void AssertNoUpdateSentTwice(ChipRig rig, string what)
    {
        IEnumerable<Transfer> updates = rig.Bus.Transfers.Where(transfer => transfer.IsUpdate);
        foreach (IGrouping<string, Transfer> same in updates.GroupBy(transfer => Convert.ToHexString(transfer.Written)))
        {
            Assert.IsTrue(
                same.SkipLast(1).All(transfer => transfer.Outcome == I2cOutcome.NotAcknowledged), what + ": an update was repeated.");
        }
    }

    private static ChipRig PowerOn(Operation operation)
    {
        var rig = new ChipRig(new MemoryChipStore(operation.Before));
        if (!operation.MakesDriver)
        {
            _ = rig.Driver;
        }

        return rig;
    }
}
