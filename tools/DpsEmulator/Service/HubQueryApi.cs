using System.Globalization;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Hub.Queries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>Queries of a hub's twins, a page at a time.</summary>
internal sealed class HubQueryApi(HubNames hubs, DeviceStore devices, AggregateStore aggregates)
{
    internal void Map(IEndpointRouteBuilder routes) => routes.MapPost("/devices/query", QueryAsync);

    private async Task<IResult> QueryAsync(string hub, HttpRequest request)
    {
        JsonObject json = await JsonBody.ReadObjectAsync(request);
        HubQuery query = QueryParser.Parse(json.GetText("query") ?? throw new FormatException("The JSON has no 'query'."));
        var page = QueryPage.Read(request);
        var continuation = Continuation.Parse(page.After);
        int limit = (int)Math.Clamp((query.Top ?? int.MaxValue) - (long)continuation.Count, 0, page.Size + 1);
        HttpResponse response = request.HttpContext.Response;
        string name = hubs.Find(hub)!;
        return query.IsAggregate
            ? page.Write(
                response,
                "raw",
                aggregates.Query(name, query, continuation.Count, limit),
                _ => continuation.Next(page.Size, ""),
                result => result)
            : page.Write(
                response,
                query.Columns is null ? "twin" : "raw",
                devices.List(name, continuation.DeviceId, limit, QueryCompiler.Compile(query.Where)),
                status => continuation.Next(page.Size, status.Device.DeviceId),
                status => Select(TwinDocument.Write(status), query.Columns));
    }

    /// <summary>What a query selects of a twin; what the twin does not have is left out.</summary>
    private static JsonObject Select(JsonObject twin, IReadOnlyList<QueryColumn>? columns)
    {
        if (columns is null)
        {
            return twin;
        }

        var selected = new JsonObject();
        foreach (QueryColumn column in columns)
        {
            JsonNode? value = twin;
            bool found = column.Value!.Path.All(part => value is JsonObject inner && inner.TryGetPropertyValue(part, out value));
            if (found)
            {
                selected[column.Name] = value?.DeepClone();
            }
        }

        return selected;
    }

    /// <summary>Where a page begins: how many results came before it, and behind which device.</summary>
    private readonly record struct Continuation(int Count, string DeviceId)
    {
        internal static Continuation Parse(string text)
        {
            if (text.Length == 0)
            {
                return new Continuation(0, "");
            }

            int comma = text.IndexOf(',', StringComparison.Ordinal);
            return comma > 0 && int.TryParse(text.AsSpan(0, comma), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                ? new Continuation(count, text[(comma + 1)..])
                : throw new FormatException("x-ms-continuation is none that this service gave: begin without it.");
        }

        internal string Next(int size, string deviceId) => string.Create(CultureInfo.InvariantCulture, $"{Count + size},{deviceId}");
    }
}
