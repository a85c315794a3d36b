using DevKit.DpsEmulator.Hub;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>
/// What all requests to a hub have in common: the hub has to be there, the API's version one that a hub has (the page's port
/// does without), and whatever a handler refuses is answered as a hub does.
/// </summary>
internal sealed class HubRequests(HubNames hubs, CloudMessageStore messages, TimeProvider clock) : IEndpointFilter
{
    /// <summary>The route's value that names the hub.</summary>
    internal const string HubValue = "hub";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            Validate(context.HttpContext.Request);
            messages.Expire();
            return await next(context);
        }
        catch (HubException error)
        {
            return HubError.Create(error, clock);
        }
        catch (FormatException error)
        {
            return HubError.Create(HubException.Invalid(error.Message), clock);
        }
    }

    private void Validate(HttpRequest request)
    {
        string hub = request.RouteValues[HubValue]?.ToString() ?? "";
        if (hubs.Find(hub) is null)
        {
            throw new HubException(HubErrorCode.IotHubNotFound, $"There is no hub '{hub}'; here is {string.Join(", ", hubs.All)}");
        }

        string version = request.Query["api-version"].ToString();
        if ((request.IsHttps || version.Length > 0) && ApiVersions.FindProblem(version) is { } problem)
        {
            throw new HubException(HubErrorCode.InvalidProtocolVersion, problem);
        }
    }
}
