namespace DevKit.DpsEmulator.Service;

/// <summary>Why DPS's REST refuses something.</summary>
/// <param name="Code">DPS's number, whose first three digits are the HTTP status.</param>
/// <param name="Message">What is wrong and what to do.</param>
internal sealed record ServiceProblem(int Code, string Message)
{
    /// <summary>The request cannot be read.</summary>
    internal const int BadRequest = 400004;
}
