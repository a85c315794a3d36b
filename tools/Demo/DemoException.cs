namespace DevKit.Demo;

/// <summary>A step of the demo did not show what it should have; the message says what was seen instead.</summary>
public sealed class DemoException : Exception
{
    /// <summary>Describes the failure.</summary>
    public DemoException(string message)
        : base(message)
    {
    }
}
