namespace DevKit.DpsEmulator.Hub.Queries;

/// <summary>The kinds of tokens.</summary>
internal enum QueryTokenKind
{
    /// <summary>A keyword or the name of an attribute.</summary>
    Name,

    /// <summary>The name of an attribute in <c>[[</c> and <c>]]</c>, never a keyword.</summary>
    QuotedName,

    /// <summary>A text in single or double quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An operator or another sign.</summary>
    Sign,

    /// <summary>The end of the query.</summary>
    End,
}

/// <summary>A token of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says, without quotes.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Position);
