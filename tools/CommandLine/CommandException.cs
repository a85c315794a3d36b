namespace DevKit.CommandLine;

/// <summary>What a tool can't do, told to its user. The message names the value (never a secret) and the remedy.</summary>
/// <param name="message">A sentence on what is wrong, and one on what to do.</param>
public sealed class CommandException(string message) : Exception(message);
