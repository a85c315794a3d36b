using System.Globalization;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Faults;
using DevKit.DpsEmulator.Service;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>Faults on demand over HTTP.</summary>
internal sealed class FaultApi(FaultRules rules, ChangeFeed changes, EventLog log, TimeProvider clock)
{
    private const int MaximumSeconds = 86_400;

    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/faults", () => Results.Ok(rules.List().Select(View).ToArray()));
        routes.MapPost("/api/faults", (Func<HttpRequest, Task<IResult>>)AddAsync);
        routes.MapDelete("/api/faults/{id:int}", Remove);
    }

    private async Task<IResult> AddAsync(HttpRequest request)
    {
        try
        {
            FaultRule asked = Read(await JsonBody.ReadObjectAsync(request));
            if (rules.TryAdd(asked) is not { } rule)
            {
                return Problems.Create(409, "Conflict", $"There are {FaultRules.Maximum} rules: remove one first.");
            }

            log.Write($"Fault rule {rule.Id}: {rule.Kind} for {LogText.Clean(rule.Device ?? "every device")}");
            changes.Publish(new Change(ChangeKind.Fault, rule.Id.ToString(CultureInfo.InvariantCulture)));
            return Results.Created($"/api/faults/{rule.Id}", View((rule, 0)));
        }
        catch (FormatException error)
        {
            return Problems.Invalid(error.Message);
        }
    }

    private IResult Remove(int id)
    {
        string text = id.ToString(CultureInfo.InvariantCulture);
        if (!rules.Remove(id))
        {
            return Problems.NotFound("fault rule", text);
        }

        log.Write($"Removed fault rule {id}");
        changes.Publish(new Change(ChangeKind.Fault, text, Removed: true));
        return Results.NoContent();
    }

    private FaultRule Read(JsonObject json)
    {
        FaultKind kind = json.GetChoice<FaultKind>("kind")
            ?? throw new FormatException("The JSON has no 'kind': status, drop, delay, garbage or connack.");
        double? seconds = json.GetNumber("seconds", 0, MaximumSeconds);
        return new FaultRule(
            0,
            kind,
            json.GetChoice<FaultService>("service"),
            json.GetText("device") is { Length: > 0 } device ? device : null,
            json.GetNumber("share", 0, 1) ?? 1,
            seconds is null ? null : clock.GetUtcNow() + TimeSpan.FromSeconds(seconds.Value),
            (int)(json.GetNumber("status", 400, 599) ?? 429),
            (int?)json.GetNumber("retryAfter", 0, MaximumSeconds),
            json.GetNumber("delay", 0, MaximumSeconds) ?? 5,
            (int)(json.GetNumber("returnCode", 1, 5) ?? 3));
    }

    private static FaultView View((FaultRule Rule, long Hits) entry) => new(
        entry.Rule.Id,
        entry.Rule.Kind.ToString().ToLowerInvariant(),
        entry.Rule.Service?.ToString().ToLowerInvariant(),
        entry.Rule.Device,
        entry.Rule.Share,
        entry.Rule.Ends,
        entry.Rule.Kind == FaultKind.Status ? entry.Rule.Status : null,
        entry.Rule.Kind == FaultKind.Status ? entry.Rule.RetryAfter : null,
        entry.Rule.Kind == FaultKind.Delay ? entry.Rule.Delay : null,
        entry.Rule.Kind == FaultKind.Connack ? entry.Rule.ReturnCode : null,
        entry.Hits);
}

/// <summary>A fault rule, with what belongs to its kind, and how often it has struck.</summary>
internal sealed record FaultView(
    int Id,
    string Kind,
    string? Service,
    string? Device,
    double Share,
    DateTimeOffset? Ends,
    int? Status,
    int? RetryAfter,
    double? Delay,
    int? ReturnCode,
    long Hits);
