namespace DevKit.DpsEmulator.Host;

/// <summary>The emulator cannot start; the message is for people and says what to do.</summary>
public sealed class EmulatorException : Exception
{
    /// <summary>Says nothing of the reason.</summary>
    public EmulatorException()
        : this("The emulator cannot start.")
    {
    }

    /// <summary>The emulator cannot start.</summary>
    /// <param name="message">What is wrong, with the value and the remedy.</param>
    public EmulatorException(string message)
        : base(message)
    {
    }

    /// <summary>The emulator cannot start because of another error.</summary>
    /// <param name="message">What is wrong, with the value and the remedy.</param>
    /// <param name="innerException">The other error.</param>
    public EmulatorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
