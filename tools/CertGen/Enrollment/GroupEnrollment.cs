using System.Net;
using System.Text.Json.Nodes;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>Enrolls a group: all devices whose certificates a CA signed.</summary>
internal sealed class GroupEnrollment(ProvisioningServiceClient client, EnrollMode mode, CancellationToken cancellation)
{
    private readonly EnrollReport _report = new() { DryRun = mode.DryRun };

    /// <summary>Makes the group, or changes its CA.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="authority">Its CA.</param>
    /// <exception cref="CommandException">The service refuses it, or has a group of that name by another CA.</exception>
    public async Task<EnrollReport> EnrollAsync(string name, AuthorityCertificate authority)
    {
        ServiceAnswer present = await client.SendAsync(HttpMethod.Get, PathOf(name), null, null, cancellation);
        if (present.Status == HttpStatusCode.NotFound)
        {
            await PutAsync(name, EnrollmentDocument.CreateGroup(name, authority.Der), null);
            _report.Created++;
            return _report;
        }

        JsonObject document = present.Document ?? throw Refused(name, present);
        if (EnrollmentDocument.HasCertificate(document, "signingCertificates", authority.Sha256))
        {
            _report.Unchanged++;
            return _report;
        }

        if (!mode.Update)
        {
            throw new CommandException($"The group {name} is there with another CA. Give --update to change it, or choose another name.");
        }

        EnrollmentDocument.ApplyGroup(document, authority.Der);
        await PutAsync(name, document, document["etag"]?.ToString());
        _report.Updated++;
        return _report;
    }

    /// <summary>Deletes the group.</summary>
    /// <exception cref="CommandException">The service refuses it.</exception>
    public async Task<EnrollReport> DeleteAsync(string name)
    {
        HttpMethod method = mode.DryRun ? HttpMethod.Get : HttpMethod.Delete;
        ServiceAnswer answer = await client.SendAsync(method, PathOf(name), null, null, cancellation);
        if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.NoContent or HttpStatusCode.OK))
        {
            throw Refused(name, answer);
        }

        _report.Absent += answer.Status == HttpStatusCode.NotFound ? 1 : 0;
        _report.Deleted += answer.Status == HttpStatusCode.NotFound ? 0 : 1;
        return _report;
    }

    private async Task PutAsync(string name, JsonObject document, string? ifMatch)
    {
        if (!mode.DryRun)
        {
            ServiceAnswer answer = await client.SendAsync(HttpMethod.Put, PathOf(name), document, ifMatch, cancellation);
            _ = answer.Document ?? throw Refused(name, answer);
        }
    }

    private static string PathOf(string name) => $"enrollmentGroups/{Uri.EscapeDataString(name)}";

    private static CommandException Refused(string name, ServiceAnswer answer)
        => new($"The service refuses the group {name}: {answer.Message} Correct it, and run the command again.");
}
