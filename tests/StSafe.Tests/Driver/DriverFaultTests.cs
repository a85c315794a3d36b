using DevKit.StSafe.Frames;
using DevKit.Support.Chip;
using DevKit.VirtualParts.Faults;

namespace DevKit.StSafe.Tests.Driver;

/// <summary>What the driver does with each kind of fault; the matrix (FaultMatrixTests) shows the bounds for all of them.</summary>
[TestClass]
public sealed class DriverFaultTests
{
    private static readonly byte[] Old = DriverTests.Pattern(20);
    private static readonly byte[] New = [.. Old.Reverse()];

    [TestMethod]
    public void Busy_chip_is_polled_until_it_answers()
    {
        ChipRig rig = PowerOn();
        Assert.HasCount(20, Read(rig, new(FaultKind.AnswerNotAcknowledged, 2, Times: 50)));
        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(500), rig.Clock.Elapsed);
    }

    [TestMethod]
    public void Command_that_is_not_acknowledged_is_sent_again()
    {
        Assert.HasCount(20, Read(PowerOn(), new(FaultKind.CommandNotAcknowledged, 2, Times: 50)));
        Assert.HasCount(20, Read(PowerOn(), new(FaultKind.CommandByteNotAcknowledged, 2, Value: 3, Times: 50)));
    }

    [TestMethod]
    public void Chip_that_never_acknowledges_is_no_answer_within_two_seconds()
    {
        ChipRig rig = PowerOn();
        Assert.AreEqual(
            StSafeStatus.NoAnswer, DriverTests.StatusOf(() => Read(rig, new(FaultKind.CommandNotAcknowledged, 2, Times: Fault.ForEver))));
        Assert.IsLessThan(TimeSpan.FromSeconds(2), rig.Clock.Elapsed);
    }

    [TestMethod]
    public void Chip_that_never_answers_is_still_busy()
    {
        ChipRig rig = PowerOn();
        Assert.AreEqual(
            StSafeStatus.StillBusy, DriverTests.StatusOf(() => Read(rig, new(FaultKind.AnswerNotAcknowledged, 2, Times: Fault.ForEver))));
        Assert.IsLessThan(TimeSpan.FromSeconds(5), rig.Clock.Elapsed);
    }

    [TestMethod]
    public void Stuck_bus_is_a_bus_fault() =>
        Assert.AreEqual(
            StSafeStatus.BusFault, DriverTests.StatusOf(() => Read(PowerOn(), new(FaultKind.BusStuck, 2, Times: Fault.ForEver))));

    [TestMethod]
    [DataRow(FaultKind.AnswerBitFlipped, 30)]
    [DataRow(FaultKind.AnswerLengthLies, 9)]
    [DataRow(FaultKind.AnswerTruncated, 4)]
    [DataRow(FaultKind.AnswerTimedOut, 0)]
    public void Damaged_answer_is_read_again_as_the_chip_repeats_it(FaultKind kind, int value)
    {
        ChipRig rig = PowerOn();
        Assert.HasCount(20, Read(rig, new(kind, 2, value)));
        Assert.AreEqual(2, rig.Chip.CommandsReceived);
    }

    [TestMethod]
    public void Answer_that_stays_damaged_is_a_bad_answer() =>
        Assert.AreEqual(
            StSafeStatus.BadAnswer, DriverTests.StatusOf(() => Read(PowerOn(), new(FaultKind.AnswerBitFlipped, 2, 30, Fault.ForEver))));

    [TestMethod]
    [DataRow(FaultKind.CommandTimedOutBefore)]
    [DataRow(FaultKind.CommandTimedOutAfter)]
    [DataRow(FaultKind.ResetBeforeExecution)]
    [DataRow(FaultKind.ResetAfterExecution)]
    public void Read_is_sent_once_more_when_its_fate_is_open(FaultKind kind) => Assert.HasCount(20, Read(PowerOn(), new(kind, 2)));

    [TestMethod]
    public void Answer_of_the_command_before_is_not_taken_for_this_one_s()
    {
        // The same command twice: the first answer is still there, with a good CRC, when the second command was never taken.
        ChipRig rig = PowerOn();
        rig.Chip.Faults = new FaultPlan(new Fault(FaultKind.CommandTimedOutBefore, 3, Times: 2));
        rig.Driver.ReadZone(6, 0, 20);
        Assert.AreEqual(StSafeStatus.BusFault, DriverTests.StatusOf(() => rig.Driver.ReadZone(6, 0, 20)));
    }

    [TestMethod]
    public void Command_damaged_on_its_way_is_refused_by_the_chip_and_not_repeated()
    {
        ChipRig rig = PowerOn();
        Assert.AreEqual(StSafeStatus.CommunicationError, DriverTests.StatusOf(() => Update(rig, new(FaultKind.CommandBitFlipped, 2, 50))));
        Assert.AreEqual(1, UpdatesSent(rig));
        CollectionAssert.AreEqual(Old, rig.Driver.ReadZone(6, 0, 20));
    }

    [TestMethod]
    [DataRow(FaultKind.CommandTimedOutAfter)]
    [DataRow(FaultKind.ResetAfterExecution)]
    [DataRow(FaultKind.AnswerTruncated)]
    public void Update_whose_fate_is_open_is_read_back_and_counts_as_done_when_it_stands(FaultKind kind)
    {
        ChipRig rig = PowerOn();
        Update(rig, new(kind, 2, Times: 10));
        Assert.AreEqual(1, UpdatesSent(rig));
        CollectionAssert.AreEqual(New, rig.Driver.ReadZone(6, 0, 20));
    }

    [TestMethod]
    [DataRow(FaultKind.CommandTimedOutBefore, StSafeStatus.BusFault)]
    [DataRow(FaultKind.ResetBeforeExecution, StSafeStatus.BadAnswer)]
    public void Update_is_not_repeated_when_the_zone_reads_back_without_it(FaultKind kind, StSafeStatus status)
    {
        ChipRig rig = PowerOn();
        Assert.AreEqual(status, DriverTests.StatusOf(() => Update(rig, new(kind, 2))));
        Assert.AreEqual(1, UpdatesSent(rig));
        CollectionAssert.AreEqual(Old, rig.Driver.ReadZone(6, 0, 20));
    }

    [TestMethod]
    public void Update_is_not_repeated_after_an_unanswered_frame()
    {
        ChipRig rig = PowerOn();
        Assert.AreEqual(
            StSafeStatus.StillBusy, DriverTests.StatusOf(() => Update(rig, new(FaultKind.AnswerNotAcknowledged, 2, Times: Fault.ForEver))));
        Assert.AreEqual(1, UpdatesSent(rig));
    }

    [TestMethod]
    public void Update_that_was_surely_not_taken_is_sent_again()
    {
        ChipRig rig = PowerOn();
        Update(rig, new(FaultKind.CommandByteNotAcknowledged, 2, Value: 6, Times: 3));
        Assert.AreEqual(4, UpdatesSent(rig));
        CollectionAssert.AreEqual(New, rig.Driver.ReadZone(6, 0, 20));
    }

    [TestMethod]
    public void Buffers_hold_no_secret_after_a_call()
    {
        ChipRig rig = PowerOn();
        Update(rig, new(FaultKind.CommandTimedOutAfter, 2));
        rig.Driver.ReadZone(6, 0, 20);
        foreach (string field in new[] { "_command", "_answer" })
        {
            object frame = typeof(StSafeA100)
                .GetField(field, System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!.GetValue(rig.Driver)!;
            byte[] bytes = frame is CommandFrame command ? command.Bytes : ((AnswerFrame)frame).Bytes;
            Assert.IsFalse(bytes.AsSpan().ContainsAnyExcept((byte)0), field);
        }
    }

    /// <summary>A chip whose zone 6 begins with <see cref="Old"/>; the driver's echo was its command 1.</summary>
    private static ChipRig PowerOn()
    {
        var first = new ChipRig();
        first.Driver.UpdateZone(6, 0, Old);
        var rig = new ChipRig(first.Memory);
        _ = rig.Driver;
        return rig;
    }

    private static byte[] Read(ChipRig rig, Fault fault)
    {
        rig.Chip.Faults = new FaultPlan(fault);
        return rig.Driver.ReadZone(6, 0, 20);
    }

    private static void Update(ChipRig rig, Fault fault)
    {
        rig.Chip.Faults = new FaultPlan(fault);
        rig.Driver.UpdateZone(6, 0, New);
    }

    private static int UpdatesSent(ChipRig rig) => rig.Bus.Transfers.Count(transfer => transfer.IsUpdate);
}
