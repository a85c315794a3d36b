using DevKit.Sim.Board;

namespace DevKit.Sim.Tests.Board;

[TestClass]
public class SerialWireTests
{
    [TestMethod]
    public async Task Bytes_arrive_in_order_and_in_slices_of_what_the_baud_rate_carries_in_10_ms()
    {
        List<byte[]> slices = [];
        byte[] sent = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        TaskCompletionSource all = new();
        using SerialWire wire = new(115200, slice =>
        {
            slices.Add(slice);
            if (slices.Sum(s => s.Length) == sent.Length)
            {
                all.SetResult();
            }
        });
        wire.Send(sent.AsSpan(0, 1));
        wire.Send(sent.AsSpan(1));
        await all.Task;
        CollectionAssert.AreEqual(sent, slices.SelectMany(s => s).ToArray());
        Assert.IsTrue(slices.TrueForAll(slice => slice.Length is > 0 and <= 115));
    }

    [TestMethod]
    public void What_is_sent_when_the_wire_is_off_is_lost()
    {
        SerialWire wire = new(115200, _ => Assert.Fail("It is off."));
        wire.Dispose();
        wire.Send("lost"u8);
    }
}
