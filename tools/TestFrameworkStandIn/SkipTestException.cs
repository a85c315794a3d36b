using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>Ends a test, or a class in its set-up, as skipped.</summary>
#pragma warning disable CA1032 // The constructors are those of the class that this one stands in for.
public sealed class SkipTestException : AssertInconclusiveException
#pragma warning restore CA1032
{
    /// <summary>Ends a test as skipped.</summary>
    public SkipTestException(string? message = null, Exception? innerException = null)
        : base(message ?? "Skipped.", innerException!)
    {
    }
}
