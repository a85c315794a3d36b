using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Certificates;

/// <summary>A certificate of the data folder, or its key, cannot be read; the message is for people and says what to do.</summary>
internal sealed class DamagedCertificateException : DataFolderException
{
    /// <summary>Says nothing of the reason.</summary>
    public DamagedCertificateException()
        : this("A certificate of the data folder is damaged.")
    {
    }

    /// <summary>A certificate or its key cannot be read.</summary>
    /// <param name="message">What is wrong, with the file and the remedy.</param>
    public DamagedCertificateException(string message)
        : base(message)
    {
    }

    /// <summary>A certificate or its key cannot be read because of another error.</summary>
    /// <param name="message">What is wrong, with the file and the remedy.</param>
    /// <param name="innerException">The other error.</param>
    public DamagedCertificateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
