using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Mqtt;
using DevKit.Mqtt;
using FsCheck;
using FsCheck.Fluent;
using static DevKit.DpsEmulator.Tests.Support.Samples;

namespace DevKit.DpsEmulator.Tests.Mqtt;

/// <summary>Topics of any text.</summary>
[TestClass]
public sealed class TopicTests
{
    [TestMethod]
    public void Properties_of_any_text_are_read_as_they_were_written() =>
        Prop.ForAll<Dictionary<NonEmptyString, NonNull<string>>>(drawn =>
        {
            Dictionary<string, string> properties = drawn.Where(pair => IsUnicode(pair.Key.Get) && IsUnicode(pair.Value.Get))
                .ToDictionary(pair => pair.Key.Get, pair => pair.Value.Get);
            string topic = new HubTopics(Id).ForMessage(properties);
            CollectionAssert.AreEquivalent(properties, PropertyBag.Parse(topic[(MessagesFilter.Length - 1)..]));
        }).QuickCheckThrowOnFailure();

    [TestMethod]
    public void A_topic_of_any_text_is_read_or_refused_as_MQTT_has_it()
    {
        Gen<string> beginnings = Gen.Elements(
            EventsTopic,
            "$iothub/twin/GET/?",
            "$iothub/twin/PATCH/properties/reported/?",
            "$iothub/methods/res/",
            "$dps/registrations/PUT/iotdps-register/?",
            "$dps/registrations/GET/iotdps-get-operationstatus/?",
            "");
        Gen<string> endings = Gen.OneOf(
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get),
            Gen.Elements("$rid=", "$rid=1", "200/?$rid=1", "x/?$rid=1", "%", "&&", "=", "$rid=%zz&a"));
        var hub = new HubTopics(Id);
        Prop.ForAll(beginnings.SelectMany(_ => endings, (beginning, ending) => beginning + ending).ToArbitrary(), topic =>
        {
            ReadOrRefuse(() => hub.Parse(topic));
            ReadOrRefuse(() => DpsTopics.Parse(topic));
        }).QuickCheckThrowOnFailure();
    }

    private static void ReadOrRefuse(Action read)
    {
        try
        {
            read();
        }
        catch (MqttProtocolException error)
        {
            Assert.IsFalse(error.Message.Any(char.IsControl), error.Message);
            Assert.IsLessThan(250, error.Message.Length);
        }
    }

    private static bool IsUnicode(string text) => !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);
}
