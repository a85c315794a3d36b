using DevKit.DpsEmulator.Dps;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Dps;

/// <summary>How much a flood of registrations can pile up.</summary>
[TestClass]
public sealed class RegistrationOperationsTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    [TestMethod]
    public void So_many_can_be_under_way_and_no_more_until_some_have_ended()
    {
        var clock = new FakeTimeProvider();
        var operations = new RegistrationOperations(clock);
        for (int i = 0; i < RegistrationOperations.Maximum; i++)
        {
            Assert.IsNotNull(operations.TryBegin($"device-{i}", Delay, null));
        }

        Assert.IsNull(operations.TryBegin("one-more", Delay, null));
        Assert.IsNotNull(operations.TryBegin("device-0", Delay, null), "a new one in place of its own");
        clock.Advance(Delay);
        Assert.IsNotNull(operations.TryBegin("one-more", Delay, null));
        Assert.AreEqual(RegistrationOperations.Maximum, operations.Count);
    }

    [TestMethod]
    public void A_device_that_registers_again_and_again_keeps_its_latest_alone()
    {
        var operations = new RegistrationOperations(new FakeTimeProvider());
        operations.TryBegin("another", Delay, null);
        RegistrationOperation first = operations.TryBegin("device", Delay, null)!;
        RegistrationOperation latest = first;
        for (int i = 0; i < 100; i++)
        {
            latest = operations.TryBegin("Device", Delay, null)!;
        }

        Assert.AreEqual(2, operations.Count);
        Assert.IsNull(operations.Find("device", first.Id));
        Assert.AreSame(latest, operations.Find("device", latest.Id));
    }
}
