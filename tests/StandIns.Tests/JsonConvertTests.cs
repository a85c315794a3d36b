using Microsoft.VisualStudio.TestTools.UnitTesting;
using nanoFramework.Json;

namespace NanoStandIns.Tests;

/// <summary>What was tried on nanoCLR with nanoFramework.Json 2.2.213.</summary>
[TestClass]
public sealed class JsonConvertTests
{
    [TestMethod]
    [DataRow("""{"text":"\u0041"}""", "A")]
    [DataRow("""{"text":"\u00e4"}""", "\u00e4")]
    [DataRow("""{"text":"\\u002B"}""", @"\u002B")]
    [DataRow("""{"TEXT":"+","more":[1]}""", "+")]
    public void What_the_library_reads_is_read(string json, string text) => Assert.AreEqual(text, Read(json).Text);

    [TestMethod]
    [DataRow("""{"text":"\u002B"}""")]
    [DataRow("""{"text":"\u002b"}""")]
    [DataRow("""{"text":"a","etag":"x\u002By"}""")]
    [DataRow("""{"text":""")]
    public void What_the_library_refuses_is_refused(string json) => Assert.ThrowsExactly<DeserializationException>(() => Read(json));

    private static Answer Read(string json) =>
        (Answer)JsonConvert.DeserializeObject(json, typeof(Answer), new JsonSerializerOptions(JsonSerializerDefaults.Web));

    private sealed class Answer
    {
        public string Text { get; set; } = "";
    }
}
