namespace DevKit.CertGen;

/// <summary>Input that the user has to mend. The message names the value (never the UDS) and the remedy.</summary>
internal sealed class BadInputException(string message) : Exception(message);
