using System.Device.Wifi;
using DevKit.Azure;
using DevKit.Board;
using DevKit.Board.Handover;
using DevKit.Dps.Session;
using DevKit.Dps.Tests.Support;
using DevKit.Dps.Wifi;

namespace DevKit.Dps.Tests;

/// <summary>Every reason has its words, and they fit the screen.</summary>
[TestClass]
public sealed class FailureNoticeTests
{
    private const int LettersInALine = 16;

    // The title and the next try have the others.
    private const int LinesOfARemedy = 2;

    private static readonly DeviceInformation Device = new(new Handover(
        ApplicationRig.MakeIdentity("image"), null, null, new StartReport("power", 0, "1.0.0", "1.4.1")));

    private static IEnumerable<object[]> CloudReasons => Enum.GetValues<CloudReason>().Select(reason => new object[] { reason });

    private static IEnumerable<object[]> WifiReasons => Enum.GetValues<WifiReason>().Select(reason => new object[] { reason });

    [TestMethod]
    [DynamicData(nameof(CloudReasons))]
    public void Every_reason_of_the_cloud_has_its_words(CloudReason reason) => AssertComplete(FailureNotice.For(Failure(reason), Device));

    [TestMethod]
    [DynamicData(nameof(WifiReasons))]
    public void Every_reason_of_the_network_has_its_words(WifiReason reason) =>
        AssertComplete(FailureNotice.For(new WifiException(reason, "home") { Status = WifiConnectionStatus.UnspecifiedFailure }));

    [TestMethod]
    public void Reasons_that_differ_for_the_user_have_words_of_their_own()
    {
        string[] messages =
        [
            .. Enum.GetValues<CloudReason>().Select(reason => FailureNotice.For(Failure(reason), Device))
                .Concat(Enum.GetValues<WifiReason>().Select(reason => FailureNotice.For(new WifiException(reason, "home"))))
                .Select(notice => notice.ScreenRemedy + notice.Message + notice.Remedy),
        ];

        // A message that was given up and one that was waited for in vain are the same to the user.
        Assert.HasCount(messages.Length - 1, messages.Distinct());
    }

    [TestMethod]
    [DataRow(CloudService.DeviceProvisioning, "DPS lost")]
    [DataRow(CloudService.IotHub, "Hub lost")]
    public void A_lost_connection_names_its_service(CloudService service, string title)
    {
        Notice notice = FailureNotice.For(new CloudException(CloudReason.ConnectionLost, "h") { Service = service }, Device);
        Assert.AreEqual(title, notice.Screen);
        Assert.AreEqual("The connection to h was lost.", notice.Message);
    }

    [TestMethod]
    public void A_remedy_that_is_typed_needs_the_console()
    {
        foreach (CloudReason reason in Enum.GetValues<CloudReason>())
        {
            Notice notice = FailureNotice.For(Failure(reason), Device);
            Assert.AreEqual(notice.ScreenRemedy.StartsWith("Hold A", StringComparison.Ordinal), notice.NeedsConsole, reason.ToString());
        }

        foreach (WifiReason reason in Enum.GetValues<WifiReason>())
        {
            Notice notice = FailureNotice.For(new WifiException(reason, "home"));
            Assert.AreEqual(notice.ScreenRemedy.StartsWith("Hold A", StringComparison.Ordinal), notice.NeedsConsole, reason.ToString());
        }
    }

    [TestMethod]
    public void Values_of_the_failure_stand_in_the_message()
    {
        Notice notice = FailureNotice.For(Failure(CloudReason.CertificateNotEnrolled), Device);
        Assert.AreEqual("DPS answers 123456 to my-devkit. said", notice.Message);
        Assert.Contains($"This device is my-devkit, its certificate has the SHA-256 fingerprint {Device.Fingerprint}.", notice.Remedy);
        Assert.Contains("set_dps_idscope 0ne1?", FailureNotice.For(Failure(CloudReason.EnrollmentNotFound), Device).Remedy);
        Assert.AreEqual(
            "No connection to cloud.example (socket error 123456).", FailureNotice.For(Failure(CloudReason.ConnectFailed), Device).Message);
    }

    [TestMethod]
    public void Causes_are_not_told_by_the_names_of_exceptions()
    {
        foreach (CloudReason reason in Enum.GetValues<CloudReason>())
        {
            Notice notice = FailureNotice.For(Failure(reason), Device);
            Assert.DoesNotContain("Exception", notice.Message, reason.ToString());
            Assert.DoesNotContain("inner", notice.Message, reason.ToString());
        }
    }

    private static CloudException Failure(CloudReason reason) =>
        new(reason, "cloud.example", new InvalidOperationException("outer", new IOException("inner")))
        {
            Id = "my-devkit",
            IdScope = "0ne1",
            Code = 123456,
            ServiceText = "said",
        };

    private static void AssertComplete(Notice notice)
    {
        Assert.IsFalse(string.IsNullOrWhiteSpace(notice.Message));
        Assert.IsFalse(string.IsNullOrWhiteSpace(notice.Remedy));
        Assert.IsFalse(string.IsNullOrWhiteSpace(notice.Screen));
        Assert.IsLessThanOrEqualTo(LettersInALine, notice.Screen.Length, notice.Screen);
        Assert.IsFalse(string.IsNullOrWhiteSpace(notice.ScreenRemedy));
        Assert.IsLessThanOrEqualTo(LinesOfARemedy, CountLines(notice.ScreenRemedy), notice.ScreenRemedy);
    }

    /// <summary>How many lines of large letters a text takes when it is broken at blanks.</summary>
    private static int CountLines(string text)
    {
        int lines = 1;
        int used = 0;
        foreach (string word in text.Split(' '))
        {
            Assert.IsLessThanOrEqualTo(LettersInALine, word.Length, word);
            used += used == 0 ? word.Length : word.Length + 1;
            if (used > LettersInALine)
            {
                lines++;
                used = word.Length;
            }
        }

        return lines;
    }
}
