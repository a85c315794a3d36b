using System.Runtime.Versioning;
using System.Text;
using DevKit.CertGen.Tests.Batch;

namespace DevKit.CertGen.Tests.Enrollment;

/// <summary>Options, manifests and connection strings that are wrong.</summary>
[TestClass]
public sealed class EnrollOptionTests : IDisposable
{
    private const string Key = "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I=";

    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [TestMethod]
    [DataRow("", "Give either a manifest, for an enrollment each, or --group NAME")]
    [DataRow("m.jsonl --group a --ca ca.pem", "Give either a manifest, for an enrollment each, or --group NAME")]
    [DataRow("--group a --service s", "--group and --ca go together")]
    [DataRow("m.jsonl --ca ca.pem", "--group and --ca go together")]
    [DataRow("m.jsonl", "--service is missing.")]
    [DataRow("m.jsonl --service s --delete --update", "--delete and --update exclude each other.")]
    [DataRow("m.jsonl --service none.txt", "--service none.txt is no file.")]
    [DataRow("m.jsonl --service service.txt --connect 127.0.0.1", "--connect 127.0.0.1 is no address.")]
    [DataRow("m.jsonl --service service.txt --connect 127.0.0.1:0", "--connect 127.0.0.1:0 is no address.")]
    [DataRow("m.jsonl --service service.txt --trust none.pem", "--trust none.pem can't be read: ")]
    [DataRow("m.jsonl --service service.txt --trust image.pe", "--trust image.pe holds no certificate.")]
    [DataRow("none.jsonl --service service.txt", "The manifest none.jsonl does not exist.")]
    [DataRow("image.pe --service service.txt", "Line 1 of image.pe is no board: ")]
    [DataRow("--group a --ca m.jsonl --service service.txt", "There is no certificate in m.jsonl.")]
    [DataRow("--group a --ca out/a.pem --service service.txt", "--ca out/a.pem is no CA's certificate.")]
    [DataRow("m.jsonl --azure-cli m.jsonl --force", "--azure-cli m.jsonl is what is read.")]
    public void Options_that_can_t_be_carried_out_are_refused(string options, string problem)
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\n"), _fleet.CertGen.Error);
        File.Copy(_fleet.CertGen.PathOf(Fleet.Manifest), _fleet.CertGen.PathOf("m.jsonl"));
        WriteService($"HostName=x.azure-devices-provisioning.net;SharedAccessKeyName=owner;SharedAccessKey={Key}");

        Assert.AreEqual(1, _fleet.CertGen.Run(["enroll", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

        StringAssert.StartsWith(_fleet.CertGen.Error, "Error: " + problem);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Connection_string_that_others_may_read_is_warned_of()
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\n"), _fleet.CertGen.Error);
        WriteService("HostName=x");
        File.SetUnixFileMode(_fleet.CertGen.PathOf("service.txt"), (UnixFileMode)0b110_100_000);

        Assert.AreEqual(1, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--service", "service.txt"]));

        StringAssert.StartsWith(
            _fleet.CertGen.Error, "Warning: other users may read service.txt, which holds a secret: chmod 600 service.txt");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("HostName=x.net;SharedAccessKeyName=owner")]
    [DataRow("HostName=x.net;SharedAccessKey=" + Key)]
    [DataRow("HostName=x net;SharedAccessKeyName=owner;SharedAccessKey=" + Key)]
    [DataRow("HostName=x.net;SharedAccessKeyName=owner;SharedAccessKey=#" + Key)]
    [DataRow("SharedAccessSignature sr=x&sig=" + Key)]
    public void File_without_a_connection_string_is_refused_and_not_shown(string text)
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\n"), _fleet.CertGen.Error);
        WriteService(text);

        Assert.AreEqual(1, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--service", "service.txt"]));

        StringAssert.StartsWith(_fleet.CertGen.Error, "Error: The file service.txt holds no connection string of a provisioning service.");
        Assert.DoesNotContain(Key, _fleet.CertGen.Error);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("null")]
    [DataRow("""{"registrationId":"A b",REST""")]
    [DataRow("""{"registrationId":null,REST""")]
    [DataRow("""{"registrationId":7,REST""")]
    public void Line_of_a_manifest_that_is_no_board_is_named_before_anything_is_sent(string line)
    {
        Assert.AreEqual(0, _fleet.Run($"registrationId,uds\na,{Fleet.UdsOf(1)}\n"), _fleet.CertGen.Error);
        string good = _fleet.Read(Fleet.Manifest);
        string bad = line.Replace("REST", good[(good.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim(), StringComparison.Ordinal);
        File.AppendAllText(_fleet.CertGen.PathOf(Fleet.Manifest), bad + "\n");
        WriteService($"HostName=nowhere.invalid;SharedAccessKeyName=owner;SharedAccessKey={Key}");

        Assert.AreEqual(1, _fleet.CertGen.Run(["enroll", Fleet.Manifest, "--service", "service.txt"]));

        StringAssert.StartsWith(_fleet.CertGen.Error, $"Error: Line 2 of {Fleet.Manifest} is no board: ");
    }

    private void WriteService(string text) => _fleet.CertGen.WriteSecret("service.txt", Encoding.ASCII.GetBytes(text));
}
