using DevKit.Azure.Provisioning;

namespace DevKit.Dps.Tests.Azure.Provisioning;

[TestClass]
public class ServiceAnswerTests
{
    [TestMethod]
    [DataRow("$dps/registrations/res/202/?$rid=1&retry-after=3", 202, "1", 3)]
    [DataRow("$dps/registrations/res/200/?$rid=12", 200, "12", 0)]
    [DataRow("$dps/registrations/res/401/?$rid=x&retry-after=bogus", 401, "x", 0)]
    [DataRow("$dps/registrations/res/429/", 429, "", 0)]
    public void A_topic_is_read(string topic, int status, string requestId, int retryAfter)
    {
        ServiceAnswer answer = ServiceAnswer.Parse(topic);
        Assert.AreEqual(status, answer.Status);
        Assert.AreEqual(requestId, answer.RequestId);
        Assert.AreEqual(retryAfter, answer.RetryAfter);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("devices/x/messages/devicebound/")]
    [DataRow("$dps/registrations/res/")]
    [DataRow("$dps/registrations/res/202")]
    public void Another_topic_is_no_answer(string topic)
    {
        Assert.IsNull(ServiceAnswer.Parse(topic));
    }
}
