namespace DevKit.CertGen;

/// <summary>The certificate generator as a program.</summary>
public static class Program
{
    /// <summary>Runs the certificate generator on the console.</summary>
    /// <param name="args">A command and options; none asks for everything.</param>
    /// <returns>0, or 1 when the input was refused.</returns>
    public static Task<int> Main(string[] args) => CertGenCommand.RunAsync(args, Console.In, Console.Out, Console.Error);
}
