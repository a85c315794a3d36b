using System.Text;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Events;
using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>
/// Leads a request over HTTPS to the service whose name it was sent to, as soon as its SAS token allows that: a hub's REST is under
/// <c>/hubs/{hub}</c>, DPS's under <c>/dps</c>, and the registration of devices under <c>/registration</c>. One who names this
/// machine by its address reaches all of them: the first hub, where the path is a hub's.
/// </summary>
internal sealed class ServiceHosts(ServiceAddresses addresses, EventLog log, TimeProvider clock)
{
    /// <summary>Where DPS's REST is mapped.</summary>
    internal const string ProvisioningPrefix = "/dps";

    /// <summary>Where the hubs' REST is mapped; the hub's name follows.</summary>
    internal const string HubPrefix = "/hubs";

    /// <summary>Where the registration of devices is mapped.</summary>
    internal const string RegistrationPrefix = "/registration";

    private static readonly HashSet<string> HubPaths =
        new(["devices", "twins", "statistics", "messages", "jobs", "configurations"], StringComparer.OrdinalIgnoreCase);

    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        HttpRequest request = context.Request;
        string[] parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        string? hub = FindHub(request.Host.Host, parts);
        IResult? refusal = null;
        if (hub is null && parts.Length > 1 && parts[1] == "registrations")
        {
            request.Path = RegistrationPrefix + request.Path;
        }
        else if (hub is not null)
        {
            refusal = Refuse(request, addresses.HubPolicy) is { } problem ? HubError.Unauthorized(problem, clock) : null;
            request.Path = $"{HubPrefix}/{hub}{request.Path}";
        }
        else
        {
            refusal = Refuse(request, addresses.ProvisioningPolicy) is { } problem
                ? ServiceResults.Error(401002, $"Unauthorized: {problem}", clock)
                : RefuseVersion(request);
            request.Path = ProvisioningPrefix + request.Path;
        }

        await (refusal is null ? next(context) : refusal.ExecuteAsync(context));
    }

    private string? FindHub(string host, string[] parts)
    {
        bool isAddress = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || Uri.CheckHostName(host) is not UriHostNameType.Dns;
        return isAddress && parts.Length > 0 && HubPaths.Contains(parts[0]) ? addresses.Hubs.Default : addresses.Hubs.Find(host);
    }

    /// <summary>Why a request may not pass, for its sender; null when it may. The log says it too.</summary>
    private string? Refuse(HttpRequest request, ServicePolicy policy)
    {
        string? problem;
        try
        {
            string? header = request.Headers.Authorization;
            problem = string.IsNullOrEmpty(header)
                ? $"the request has no Authorization: a SAS token of the policy {policy.Name}"
                : SasToken.Parse(Encoding.UTF8.GetBytes(header))
                    .FindProblem([policy.Key], $"{request.Host.Host}{request.Path}", policy.Name, clock.GetUtcNow());
        }
        catch (FormatException error)
        {
            problem = error.Message;
        }

        if (problem is not null)
        {
            log.Write($"{request.Method} {LogText.Clean(request.Host.Host + request.Path)} refused, 401: {problem}");
        }

        return problem;
    }

    private IResult? RefuseVersion(HttpRequest request)
    {
        string version = request.Query["api-version"].ToString();
        return DpsApiVersion.IsKnown(version)
            ? null
            : ServiceResults.Error(400000, $"The api-version '{version}' is none of DPS's; the SDKs use 2021-10-01.", clock);
    }
}
