using System.CommandLine;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;

namespace DevKit.CertGen.Inspection;

/// <summary>Says in words what a file is: a certificate, a chain, a request, a manifest, an image.</summary>
internal static class InspectCommand
{
    private const string RequestLabel = "CERTIFICATE REQUEST";
    private const string OldRequestLabel = "NEW CERTIFICATE REQUEST";

    private static readonly Argument<string> Path = new("FILE")
    {
        Description = "A certificate, a chain of them, a certificate request (PEM or DER), a fleet's manifest, or an application image.",
    };

    /// <summary>The command.</summary>
    public static Command Create(Terminal terminal)
    {
        var command = new Command("inspect", "Say in words what a file is, and what stands in it.") { Path };
        command.SetAction(terminal, parsed => Run(parsed.GetRequiredValue(Path), terminal));
        return command;
    }

    private static int Run(string path, Terminal terminal)
    {
        Inspection inspection = InspectedManifest.IsManifest(path)
            ? new Inspection { Manifest = InspectedManifest.Read(path) }
            : Inspect(path);
        terminal.Report(inspection, inspection.Describe);
        return CommandRunner.Success;
    }

    private static Inspection Inspect(string path)
    {
        byte[] bytes = PublicFile.Read(path);
        try
        {
            return InspectedImage.IsImage(bytes) ? new Inspection { Image = InspectedImage.Read(bytes) }
                : FindRequest(bytes) is { } request ? new Inspection { Request = InspectedRequest.Read(request) }
                : InspectCertificates(bytes);
        }
        catch (CryptographicException)
        {
            throw new CommandException($"{path} is damaged, or nothing that a DevKit has to do with. {PublicFile.Remedy}");
        }
    }

    private static Inspection InspectCertificates(byte[] bytes)
    {
        X509Certificate2Collection certificates = PublicFile.ParseCertificates(bytes);
        try
        {
            return certificates.Count > 0
                ? Inspection.Of(certificates)
                : throw new CryptographicException("There is no certificate.");
        }
        finally
        {
            foreach (X509Certificate2 certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static byte[]? FindRequest(byte[] bytes)
    {
        if (bytes[0] == 0x30)
        {
            return IsCertificate(bytes) ? null : bytes;
        }

        string text = Encoding.Latin1.GetString(bytes);
        return PemEncoding.TryFind(text, out PemFields pem) && text[pem.Label] is RequestLabel or OldRequestLabel
            ? Convert.FromBase64String(text[pem.Base64Data])
            : null;
    }

    // Within, a certificate begins with its version as [0] (RFC 5280, 4.1), a request with a plain number (RFC 2986, 4.1).
    private static bool IsCertificate(byte[] der)
    {
        try
        {
            var version = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
            return new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence().PeekTag() == version;
        }
        catch (AsnContentException error)
        {
            throw new CryptographicException(error.Message, error);
        }
    }
}
