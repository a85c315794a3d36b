using System.CommandLine;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>Enrolls a fleet at the Device Provisioning Service, Azure's or the local cloud's.</summary>
internal static class EnrollCommand
{
    private static readonly Argument<string?> ManifestFile = new("MANIFEST")
    {
        Description = "The manifest that \"certgen batch\" wrote; not with --group.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Service = Text(
        "--service", "FILE", "A file that holds the service's connection string, as the portal shows it under \"Shared access policies\".");

    private static readonly Option<string?> Connect = Text(
        "--connect", "HOST:PORT", "Where the service of that name really is: for the local cloud, its HTTPS address.");

    private static readonly Option<string?> Trust = Text(
        "--trust", "FILE", "The CA that signed the service's certificate (PEM), instead of those that this system trusts.");

    private static readonly Option<string?> Group = Text("--group", "NAME", "Enroll a group: all boards whose certificates a CA signed.");

    private static readonly Option<string?> Ca = Text("--ca", "FILE", "With --group: the CA's certificate.");

    private static readonly Option<bool> Update = new("--update") { Description = "Change enrollments that are there and differ." };

    private static readonly Option<bool> Delete = new("--delete") { Description = "Delete the enrollments instead." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say what would be done." };

    private static readonly Option<string?> AzureCli = Text(
        "--azure-cli", "FILE", "Write a shell script that has the Azure CLI do it; without --service, instead of doing it.");

    private static readonly Option<bool> Force = OutputFiles.CreateForceOption();

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        const string Description =
            "Enroll the boards of a manifest, or a group, at a provisioning service. Run again, it goes on with what is not there yet.";
        var command = new Command("enroll", Description)
        {
            ManifestFile, Service, Connect, Trust, Group, Ca, Update, Delete, DryRun, AzureCli, Force,
        };
        command.SetAction(terminal, (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));
        return command;
    }

    private static Option<string?> Text(string name, string value, string description)
        => new(name) { HelpName = value, Description = description };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        Validate(parsed);
        string? script = parsed.GetValue(AzureCli);
        if (script != null)
        {
            WriteScript(parsed, script, terminal);
        }

        if (parsed.GetValue(Service) is not { } service)
        {
            terminal.Report(new ScriptReport(script!), output => output.WriteLine($"Written: {script}"));
            return CommandRunner.Success;
        }

        using var connection = ServiceConnection.Read(service, terminal);
        using HttpMessageHandler handler = ServiceAddress.CreateHandler(parsed.GetValue(Connect), parsed.GetValue(Trust));
        var mode = new EnrollMode(parsed.GetValue(Delete), parsed.GetValue(Update), parsed.GetValue(DryRun));
        EnrollReport report = parsed.GetValue(Group) is { } group
            ? await RunGroupAsync(group, parsed.GetValue(Ca), connection, handler, mode, terminal, cancellation)
            : await RunManifestAsync(parsed.GetValue(ManifestFile)!, connection, handler, mode, terminal, cancellation);
        terminal.Report(report, report.Describe);
        return report.Failed == 0 ? CommandRunner.Success : CommandRunner.Failure;
    }

    private static void Validate(ParseResult parsed)
    {
        string? group = parsed.GetValue(Group);
        if ((group == null) == (parsed.GetValue(ManifestFile) == null))
        {
            throw new CommandException("Give either a manifest, for an enrollment each, or --group NAME, for one enrollment of all.");
        }

        if ((group != null && !parsed.GetValue(Delete)) != (parsed.GetValue(Ca) != null))
        {
            throw new CommandException("--group and --ca go together, but for --delete. Give the certificate of the group's CA with --ca.");
        }

        if (parsed.GetValue(Service) == null && parsed.GetValue(AzureCli) == null)
        {
            throw new CommandException("--service is missing. Give the file of a connection string, or --azure-cli FILE for a script.");
        }

        if (parsed.GetValue(Delete) && parsed.GetValue(Update))
        {
            throw new CommandException("--delete and --update exclude each other. Leave one of them out.");
        }
    }

    private static Task<EnrollReport> RunManifestAsync(
        string manifest,
        ServiceConnection connection,
        HttpMessageHandler handler,
        EnrollMode mode,
        Terminal terminal,
        CancellationToken cancellation)
    {
        // All of it is read before anything is sent.
        int count = Manifest.Read(manifest).Count();
        return WorkProgress.RunAsync(terminal, "Boards", count, async progress =>
        {
            using var client = new ProvisioningServiceClient(connection, handler, progress.Terminal);
            var run = new IndividualEnrollments(client, FolderOf(manifest), mode, progress, cancellation);
            return await run.RunAsync(Manifest.Read(manifest));
        });
    }

    private static async Task<EnrollReport> RunGroupAsync(
        string name,
        string? ca,
        ServiceConnection connection,
        HttpMessageHandler handler,
        EnrollMode mode,
        Terminal terminal,
        CancellationToken cancellation)
    {
        using var client = new ProvisioningServiceClient(connection, handler, terminal);
        var group = new GroupEnrollment(client, mode, cancellation);
        if (mode.Delete)
        {
            return await group.DeleteAsync(name);
        }

        return await group.EnrollAsync(name, AuthorityCertificate.Read(ca!));
    }

    private static void WriteScript(ParseResult parsed, string path, Terminal terminal)
    {
        string? manifest = parsed.GetValue(ManifestFile), group = parsed.GetValue(Group), ca = parsed.GetValue(Ca);
        var files = new OutputFiles(terminal);
        files.Add("--azure-cli", path, [.. new[] { manifest, ca }.OfType<string>()]);
        var script = new AzureCliScript(path);
        if (group != null && ca != null)
        {
            AuthorityCertificate.Read(ca);
            script.CreateGroup(group, ca);
        }
        else if (group != null)
        {
            script.DeleteGroup(group);
        }
        else
        {
            AddBoards(script, manifest!, parsed.GetValue(Delete));
        }

        files.Write(parsed.GetValue(Force) || files.AskOverwrite(), [script.ToBytes()]);
    }

    private static void AddBoards(AzureCliScript script, string manifest, bool delete)
    {
        foreach (ManifestEntry entry in Manifest.Read(manifest))
        {
            if (delete)
            {
                script.Delete(entry);
            }
            else
            {
                entry.ReadCertificate(FolderOf(manifest));
                script.Create(entry, FolderOf(manifest));
            }
        }
    }

    private static string FolderOf(string manifest) => Path.GetDirectoryName(manifest) ?? "";

    /// <summary>What was made of a fleet that is enrolled otherwise.</summary>
    /// <param name="Written">The script.</param>
    private sealed record ScriptReport(string Written);
}
