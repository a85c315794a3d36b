namespace DevKit.CertGen;

/// <summary>The certificate generator as a program.</summary>
public static class Program
{
    /// <summary>Runs the certificate generator on the console.</summary>
    /// <param name="args">Options; none asks for everything.</param>
    /// <returns>0, or 1 when the input was refused.</returns>
    public static int Main(string[] args) => CertGenCommand.Run(args, Console.In, Console.Out, Console.Error);
}
