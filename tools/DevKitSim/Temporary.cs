#pragma warning disable IDE0130
namespace DevKit.CommandLine;

internal sealed class BadInputException(string message) : Exception(message);

internal static class CommandRunner
{
    public const int Success = 0;
}
