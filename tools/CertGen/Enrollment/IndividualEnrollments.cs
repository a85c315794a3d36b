using System.Net;
using System.Text.Json.Nodes;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Enrollment;

/// <summary>
/// Enrolls the boards of a manifest, ten by a request. What of a request did not go well is read back from the service: the service alone
/// knows what is there, so that a run that was interrupted needs no notes to go on.
/// </summary>
internal sealed class IndividualEnrollments(
    ProvisioningServiceClient client, string folder, EnrollMode mode, WorkProgress progress, CancellationToken cancellation)
{
    /// <summary>The service's bound for one request.</summary>
    public const int BulkLength = 10;

    private const string Path = "enrollments";

    private readonly EnrollReport _report = new() { DryRun = mode.DryRun };

    /// <summary>Enrolls, or deletes.</summary>
    /// <param name="entries">The boards.</param>
    /// <exception cref="CommandException">The service can't be reached, refuses the key, or stays busy.</exception>
    public async Task<EnrollReport> RunAsync(IEnumerable<ManifestEntry> entries)
    {
        foreach (ManifestEntry[] chunk in entries.Chunk(BulkLength))
        {
            Item[] items = [.. chunk.Select(Read).OfType<Item>()];
            if (mode.DryRun)
            {
                foreach (Item item in items)
                {
                    await ForetellAsync(item);
                }
            }
            else if (items.Length > 0)
            {
                await RunBulkAsync(items);
            }

            progress.Advance(chunk.Length);
        }

        return _report;
    }

    private Item? Read(ManifestEntry entry)
    {
        try
        {
            byte[] certificate = entry.ReadCertificate(folder);
            return new Item(entry, certificate, EnrollmentDocument.Create(entry, certificate));
        }
        catch (CommandException e)
        {
            Fail(entry, e.Message);
            return null;
        }
    }

    private async Task ForetellAsync(Item item)
    {
        ServiceAnswer answer = await SendAsync(HttpMethod.Get, item.Path);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            _report.Absent += mode.Delete ? 1 : 0;
            _report.Created += mode.Delete ? 0 : 1;
        }
        else if (answer.Document is not { } document)
        {
            Fail(item.Entry, answer.Message);
        }
        else if (mode.Delete)
        {
            _report.Deleted++;
        }
        else
        {
            await SettleAsync(item, document, isOurs: false);
        }
    }

    private async Task RunBulkAsync(Item[] items)
    {
        ServiceAnswer answer = await SendAsync(HttpMethod.Post, Path, new JsonObject
        {
            ["mode"] = mode.Delete ? "delete" : "create",
            ["enrollments"] = new JsonArray([.. items.Select(item => item.Document.DeepClone())]),
        });
        if (answer.Document is { } result)
        {
            await CheckAsync(items, result);
        }
        else if (items.Length == 1)
        {
            Fail(items[0].Entry, answer.Message);
        }
        else
        {
            // A request that is refused as a whole says of none which it was.
            foreach (Item item in items)
            {
                await RunBulkAsync([item]);
            }
        }
    }

    private async Task CheckAsync(Item[] items, JsonObject result)
    {
        if (result["isSuccessful"] is JsonValue flag && flag.TryGetValue(out bool isSuccessful) && isSuccessful)
        {
            _report.Deleted += mode.Delete ? items.Length : 0;
            _report.Created += mode.Delete ? 0 : items.Length;
            return;
        }

        ILookup<string, JsonObject> errors = (result["errors"] as JsonArray ?? []).OfType<JsonObject>()
            .ToLookup(error => error["registrationId"]?.ToString() ?? "", StringComparer.OrdinalIgnoreCase);
        foreach (Item item in items)
        {
            await CheckAsync(item, errors[item.Entry.RegistrationId].FirstOrDefault());
        }
    }

    private async Task CheckAsync(Item item, JsonObject? error)
    {
        // The first three digits of an error code are an HTTP status.
        int code = error?["errorCode"] is JsonValue value && value.TryGetValue(out int number) ? number : 0;
        var status = (HttpStatusCode)(code / 1000);
        if (error != null && status != (mode.Delete ? HttpStatusCode.NotFound : HttpStatusCode.Conflict))
        {
            Fail(item.Entry, $"{code} {error["errorStatus"]}");
            return;
        }

        ServiceAnswer answer = await SendAsync(HttpMethod.Get, item.Path);
        if (mode.Delete && answer.Status == HttpStatusCode.NotFound)
        {
            _report.Deleted += error == null ? 1 : 0;
            _report.Absent += error == null ? 0 : 1;
        }
        else if (!mode.Delete && answer.Document is { } document)
        {
            await SettleAsync(item, document, isOurs: error == null);
        }
        else
        {
            Fail(item.Entry, mode.Delete ? "it is still there. Run the command again." : answer.Message);
        }
    }

    // An enrollment that is there: it is right, or is made so, or is told.
    private async Task SettleAsync(Item item, JsonObject document, bool isOurs)
    {
        if (EnrollmentDocument.FindDifference(document, item.Entry) is not { } difference)
        {
            _report.Created += isOurs ? 1 : 0;
            _report.Unchanged += isOurs ? 0 : 1;
        }
        else if (!mode.Update)
        {
            Fail(item.Entry, $"it is enrolled with {difference}. Give --update to change it.");
        }
        else if (mode.DryRun)
        {
            _report.Updated++;
        }
        else
        {
            await UpdateAsync(item, document);
        }
    }

    private async Task UpdateAsync(Item item, JsonObject document)
    {
        string? etag = document["etag"]?.ToString();
        document.Remove("registrationState");
        EnrollmentDocument.Apply(document, item.Entry, item.Certificate);
        ServiceAnswer answer = await SendAsync(HttpMethod.Put, item.Path, document, etag);
        if (answer.Document != null)
        {
            _report.Updated++;
        }
        else
        {
            Fail(item.Entry, answer.Message);
        }
    }

    private Task<ServiceAnswer> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? ifMatch = null)
        => client.SendAsync(method, path, body, ifMatch, cancellation);

    private void Fail(ManifestEntry entry, string problem)
    {
        _report.Failed++;
        progress.Terminal.Error.WriteLine($"Error: {entry.RegistrationId}: {PrintableText.Of(problem)}");
    }

    private sealed record Item(ManifestEntry Entry, byte[] Certificate, JsonObject Document)
    {
        public string Path => $"{IndividualEnrollments.Path}/{Uri.EscapeDataString(Entry.RegistrationId)}";
    }
}
