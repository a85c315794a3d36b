using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>Which page of a query is asked for: <c>x-ms-max-item-count</c> and <c>x-ms-continuation</c>.</summary>
/// <param name="Size">How many items at most.</param>
/// <param name="After">The ID behind which the page begins; "" for the first.</param>
internal sealed record QueryPage(int Size, string After)
{
    private const string SizeHeader = "x-ms-max-item-count";
    private const string ContinuationHeader = "x-ms-continuation";
    private const int StandardSize = 100;
    private const int MaximumSize = 1000;

    /// <exception cref="FormatException">A header is wrong; the message says which.</exception>
    internal static QueryPage Read(HttpRequest request)
    {
        string? size = request.Headers[SizeHeader];
        int count = StandardSize;
        if (!string.IsNullOrEmpty(size)
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MaximumSize))
        {
            throw new FormatException($"{SizeHeader} is '{size}': give 1 to {MaximumSize}.");
        }

        string? token = request.Headers[ContinuationHeader];
        try
        {
            return new QueryPage(count, string.IsNullOrEmpty(token) ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(token)));
        }
        catch (FormatException error)
        {
            throw new FormatException($"{ContinuationHeader} is none that this service gave: begin without it.", error);
        }
    }

    /// <summary>Answers with a page.</summary>
    /// <param name="response">Takes the headers.</param>
    /// <param name="itemType">What the items are.</param>
    /// <param name="items">The items that were found; one more than the page has room for tells that there are more pages.</param>
    /// <param name="id">An item's ID.</param>
    /// <param name="write">An item's JSON.</param>
    internal IResult Write<T>(
        HttpResponse response, string itemType, IReadOnlyList<T> items, Func<T, string> id, Func<T, JsonNode> write)
    {
        response.Headers["x-ms-item-type"] = itemType;
        response.Headers[SizeHeader] = Size.ToString(CultureInfo.InvariantCulture);
        if (items.Count > Size)
        {
            response.Headers[ContinuationHeader] = Convert.ToBase64String(Encoding.UTF8.GetBytes(id(items[Size - 1])));
        }

        return ServiceResults.Json(new JsonArray([.. items.Take(Size).Select(write)]));
    }
}
