using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Hub;

/// <summary>How a message to a device is locked, and how it ends.</summary>
[TestClass]
public sealed class CloudMessageStoreTests : IDisposable
{
    private static readonly DeviceAddress Lamp = new("hub", "lamp");

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly HubStores _stores;

    public CloudMessageStoreTests()
    {
        _stores = new HubStores(_folder.FullPath, _clock);
        _stores.Devices.TryAdd(Lamp, new DeviceSettings(DeviceStoreTests.Key(Sas.Key)), null, _clock.GetUtcNow());
    }

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void A_message_is_locked_for_a_minute_and_the_next_one_comes_meanwhile()
    {
        Add("1");
        Add("2");
        CloudMessage first = _stores.Messages.Lock(Lamp)!;
        CloudMessage second = _stores.Messages.Lock(Lamp)!;
        Assert.AreEqual("1 2", $"{first.Properties["$.mid"]} {second.Properties["$.mid"]}");
        Assert.IsNull(_stores.Messages.Lock(Lamp));
        _stores.Messages.Complete(second.Sequence);

        _clock.Advance(CloudMessageStore.LockDuration);
        Assert.AreEqual(first.Sequence, _stores.Messages.Lock(Lamp)?.Sequence);
        Assert.IsNull(_stores.Messages.Lock(Lamp));
    }

    [TestMethod]
    public void A_message_is_dead_lettered_when_it_was_abandoned_ten_times()
    {
        Add("1", MessageAck.Negative);
        for (int i = 0; i < CloudMessageStore.MaximumDeliveries; i++)
        {
            _stores.Messages.Abandon(_stores.Messages.Lock(Lamp)!.Sequence);
        }

        Assert.IsNull(_stores.Messages.Lock(Lamp));
        Assert.AreEqual("DeliveryCountExceeded", _stores.Feedback.Lock(Lamp.Hub, out _).Single().Status);
    }

    [TestMethod]
    public void A_lock_that_ends_by_itself_does_not_count()
    {
        Add("1");
        for (int i = 0; i <= CloudMessageStore.MaximumDeliveries; i++)
        {
            Assert.IsNotNull(_stores.Messages.Lock(Lamp));
            _clock.Advance(CloudMessageStore.LockDuration);
        }
    }

    [TestMethod]
    [DataRow((int)MessageAck.None, "")]
    [DataRow((int)MessageAck.Positive, "sent Success")]
    [DataRow((int)MessageAck.Negative, "lost Rejected")]
    [DataRow((int)MessageAck.Full, "sent Success, lost Rejected")]
    public void Feedback_is_left_of_what_was_asked_for(int ack, string expected)
    {
        Add("sent", (MessageAck)ack);
        Add("lost", (MessageAck)ack);
        _stores.Messages.Complete(_stores.Messages.Lock(Lamp)!.Sequence);
        _stores.Messages.Reject(_stores.Messages.Lock(Lamp)!.Sequence);

        Assert.IsEmpty(_stores.Feedback.Lock("another hub", out _));
        Assert.AreEqual(
            expected, string.Join(", ", _stores.Feedback.Lock(Lamp.Hub, out _).Select(record => $"{record.MessageId} {record.Status}")));
    }

    [TestMethod]
    public void Feedback_comes_in_batches_ten_times_at_most_and_for_an_hour()
    {
        for (int i = 0; i < 65; i++)
        {
            Add($"{i}", MessageAck.Full);
            _stores.Messages.Complete(_stores.Messages.Lock(Lamp)!.Sequence);
        }

        Assert.HasCount(64, _stores.Feedback.Lock(Lamp.Hub, out _));
        Assert.HasCount(1, _stores.Feedback.Lock(Lamp.Hub, out _));
        for (int i = 1; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.HasCount(64, _stores.Feedback.Lock(Lamp.Hub, out _));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.HasCount(1, _stores.Feedback.Lock(Lamp.Hub, out _), "the others came ten times");
        _clock.Advance(TimeSpan.FromMinutes(50));
        Assert.IsEmpty(_stores.Feedback.Lock(Lamp.Hub, out _));
    }

    private void Add(string id, MessageAck ack = MessageAck.None) =>
        Assert.IsTrue(_stores.Messages.TryAdd(Lamp, new NewCloudMessage { MessageId = id, Ack = ack }));
}
