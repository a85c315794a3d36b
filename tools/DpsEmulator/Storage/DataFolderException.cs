namespace DevKit.DpsEmulator.Storage;

/// <summary>The data folder cannot be used; the message is for people and says what to do.</summary>
internal class DataFolderException : Exception
{
    /// <summary>Says nothing of the reason.</summary>
    public DataFolderException()
        : this("The data folder cannot be used.")
    {
    }

    /// <summary>The data folder cannot be used.</summary>
    /// <param name="message">What is wrong, with the file and the remedy.</param>
    public DataFolderException(string message)
        : base(message)
    {
    }

    /// <summary>The data folder cannot be used because of another error.</summary>
    /// <param name="message">What is wrong, with the file and the remedy.</param>
    /// <param name="innerException">The other error.</param>
    public DataFolderException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
