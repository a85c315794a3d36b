namespace DevKit.Support.Machines;

/// <summary>The firmware asked for a reset; it unwinds to the test.</summary>
public sealed class RebootException : Exception;
