using System.Text;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.Terminals;

namespace DevKit.CertGen.Enrollment;

/// <summary>
/// A shell script that has the Azure CLI and its extension azure-iot enroll: for those who sign in to Azure and have no connection string.
/// </summary>
internal sealed class AzureCliScript
{
    private readonly StringBuilder _text = new();
    private readonly string _folder;

    /// <param name="path">Where the script goes; it finds the certificates from there.</param>
    public AzureCliScript(string path)
    {
        string full = Path.GetFullPath(path);
        _folder = FilePlace.Resolve(Path.GetDirectoryName(full)!);
        string usage = $"usage: sh {Quote(Path.GetFileName(full))} NAME-OF-THE-PROVISIONING-SERVICE";
        _text.Append(
            "#!/bin/sh\n"
            + "# Needs the Azure CLI with its extension azure-iot, signed in (az login).\n"
            + $"if [ $# -ne 1 ]; then echo {Quote(usage)} >&2; exit 1; fi\n"
            + "cd \"$(dirname \"$0\")\" || exit 1\n"
            + "dps=$1\n"
            + "failed=0\n");
    }

    /// <summary>Enrolls a device.</summary>
    /// <param name="entry">The device.</param>
    /// <param name="folder">The manifest's folder.</param>
    public void Create(ManifestEntry entry, string folder)
    {
        List<string> options =
        [
            "enrollment create",
            Option("--enrollment-id", entry.RegistrationId),
            "--attestation-type=x509",
            Option("--certificate-path", FindPath(Path.Combine(folder, entry.File))),
        ];
        if (entry.DeviceId != null)
        {
            options.Add(Option("--device-id", entry.DeviceId));
        }

        if (entry.Hub != null)
        {
            options.Add("--allocation-policy=static");
            options.Add(Option("--iot-hubs", entry.Hub));
        }

        if (entry.Tags != null)
        {
            options.Add(Option("--initial-twin-tags", entry.Tags.ToJsonString()));
        }

        Append(options);
    }

    /// <summary>Deletes a device's enrollment.</summary>
    public void Delete(ManifestEntry entry) => Append(["enrollment delete", Option("--enrollment-id", entry.RegistrationId)]);

    /// <summary>Enrolls a group.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="certificate">The file of its CA's certificate.</param>
    public void CreateGroup(string name, string certificate) => Append(
        ["enrollment-group create", Option("--enrollment-id", name), Option("--certificate-path", FindPath(certificate))]);

    /// <summary>Deletes a group.</summary>
    public void DeleteGroup(string name) => Append(["enrollment-group delete", Option("--enrollment-id", name)]);

    /// <summary>The script, UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text + "exit $failed\n");

    // With an equals sign, a value may begin with a hyphen.
    private static string Option(string name, string value) => $"{name}={Quote(value)}";

    // POSIX, XCU 2.2.2: within single quotes every character stands for itself.
    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private string FindPath(string path) => Path.GetRelativePath(_folder, FilePlace.Resolve(path)).Replace('\\', '/');

    private void Append(List<string> options)
    {
        options.Insert(1, "--dps-name=\"$dps\"");
        _text.Append("az iot dps ").AppendJoin(' ', options).Append(" --output=none || failed=1\n");
    }
}
