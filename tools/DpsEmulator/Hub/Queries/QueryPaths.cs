namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>
/// The attributes of a twin that a query can name. Those that a hub gives it are named in any case; names of tags and properties
/// are their device's own.
/// </summary>
internal static class QueryPaths
{
    private const string Never = "'0001-01-01T00:00:00Z'";

    private static readonly Dictionary<string, SqlOperand> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["deviceId"] = SqlOperand.Create("d.device_id", SqlOperand.Text),
        ["deviceEtag"] = SqlOperand.Create("d.etag", SqlOperand.Text),
        ["status"] = SqlOperand.Create("CASE WHEN d.enabled THEN 'enabled' ELSE 'disabled' END", SqlOperand.Text),
        ["statusReason"] = SqlOperand.CreateNullable("d.status_reason"),
        ["statusUpdateTime"] = SqlOperand.Create($"COALESCE(d.status_updated, {Never})", SqlOperand.Text),
        ["connectionState"] = SqlOperand.Create("CASE WHEN d.connected THEN 'Connected' ELSE 'Disconnected' END", SqlOperand.Text),
        ["lastActivityTime"] = SqlOperand.Create($"COALESCE(d.last_activity, {Never})", SqlOperand.Text),
        ["cloudToDeviceMessageCount"] =
            SqlOperand.Create("(SELECT COUNT(*) FROM cloud_message WHERE device = d.id)", SqlOperand.Number),
        ["authenticationType"] = SqlOperand.Create(
            "CASE d.authentication WHEN 0 THEN 'sas' WHEN 1 THEN 'selfSigned' ELSE 'certificateAuthority' END", SqlOperand.Text),
        ["x509Thumbprint.primaryThumbprint"] =
            SqlOperand.CreateNullable("CASE WHEN d.authentication = 1 THEN hex(d.primary_secret) END"),
        ["x509Thumbprint.secondaryThumbprint"] =
            SqlOperand.CreateNullable("CASE WHEN d.authentication = 1 THEN hex(d.secondary_secret) END"),
        ["modelId"] = SqlOperand.Create("''", SqlOperand.Text),
        ["version"] = SqlOperand.Create("d.twin_version", SqlOperand.Number),
        ["capabilities.iotEdge"] = SqlOperand.CreateBoolean("0"),
        ["properties.desired.$version"] = SqlOperand.Create("d.desired_version", SqlOperand.Number),
        ["properties.reported.$version"] = SqlOperand.Create("d.reported_version", SqlOperand.Number),
    };

    /// <summary>The columns that hold JSON; the longest prefix counts.</summary>
    private static readonly (string Prefix, string Column)[] Documents =
    [
        ("properties.desired.$metadata", "d.desired_metadata"),
        ("properties.reported.$metadata", "d.reported_metadata"),
        ("properties.desired", "d.desired"),
        ("properties.reported", "d.reported"),
        ("tags", "d.tags"),
    ];

    /// <summary>A path as the twin spells it.</summary>
    /// <exception cref="HubException">No twin has it.</exception>
    internal static IReadOnlyList<string> Normalize(IReadOnlyList<string> path, int position)
    {
        string name = string.Join('.', path);
        string? known = Attributes.Keys.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is not null)
        {
            return known.Split('.');
        }

        foreach ((string prefix, _) in Documents)
        {
            string[] parts = prefix.Split('.');
            if (path.Take(parts.Length).SequenceEqual(parts, StringComparer.OrdinalIgnoreCase))
            {
                return [.. parts, .. path.Skip(parts.Length)];
            }
        }

        throw QueryLexer.CreateError(position, $"a twin has no '{name}' that could be asked for; tags and properties begin "
            + "with tags, properties.desired and properties.reported.");
    }

    /// <summary>SQL of an attribute.</summary>
    /// <param name="attribute">The attribute, normalized.</param>
    /// <param name="addParameter">Takes a value, and returns the parameter that stands for it.</param>
    internal static SqlOperand Resolve(QueryExpression.Attribute attribute, Func<object, string> addParameter)
    {
        string name = string.Join('.', attribute.Path);
        if (Attributes.TryGetValue(name, out SqlOperand? known))
        {
            return known;
        }

        (string prefix, string column) = Documents.First(document =>
            attribute.Path.Take(document.Prefix.Split('.').Length).SequenceEqual(document.Prefix.Split('.')));
        IEnumerable<string> below = attribute.Path.Skip(prefix.Split('.').Length);
        return SqlOperand.CreateJson(column, addParameter("$" + string.Concat(below.Select(part => $".\"{part}\""))));
    }

    /// <summary>Whether two attributes are the same one.</summary>
    internal static bool AreSame(QueryExpression.Attribute left, QueryExpression.Attribute right) => left.Path.SequenceEqual(right.Path);
}
