using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DevKit.CertGen.Inspection;
using DevKit.CertGen.Manifests;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Dice.Encodings;
using DevKit.Platform;

namespace DevKit.CertGen.Batch;

/// <summary>Makes the certificate of one row, or finds it made. Several rows can be worked on at once.</summary>
/// <param name="image">What the boards run.</param>
/// <param name="folder">Where the certificates go.</param>
/// <param name="given">Where the secrets of rows without one are, or null.</param>
/// <param name="generated">Where secrets are generated into, or null.</param>
/// <param name="overwrite">Whether certificates of something else are replaced.</param>
internal sealed class BoardMaker(ImageFile image, string folder, UdsFolder? given, UdsFolder? generated, bool overwrite)
{
    /// <summary>What the certificates' names end in.</summary>
    public const string Ending = ".pem";

    /// <summary>Makes a certificate.</summary>
    /// <returns>The board, and whether its certificate was not there yet.</returns>
    /// <exception cref="RowException">The row has no secret, or its certificate is there and another.</exception>
    /// <exception cref="CommandException">A file can't be written.</exception>
    public (ManifestEntry Entry, bool IsNew) Make(FleetRow row)
    {
        string name = OutputFiles.NameFor(row.RegistrationId, Ending);
        string path = Path.Combine(folder, name);
        byte[]? present = InputFile.ReadPresent(path);
        byte[] uds = row.Uds ?? FindUds(row, path, present != null);
        DiceCredential credential;
        try
        {
            credential = DiceEngine.Derive(uds, image.Bytes, row.RegistrationId);
            credential.Clear();
        }
        finally
        {
            SecretBytes.Clear(uds);
        }

        byte[] pem = Encoding.ASCII.GetBytes(Pem.Encode("CERTIFICATE", credential.AliasCertificate));
        bool isNew = present == null || !present.AsSpan().SequenceEqual(pem);
        if (isNew)
        {
            if (present != null && !overwrite)
            {
                throw new RowException(
                    row.Line,
                    null,
                    $"{path} is there, and {Compare(present, credential)}. Give --force to replace it, or correct the row.");
            }

            WriteFault.Tell(path, "--out", () => Write(path, pem));
        }

        return (ManifestEntry.Of(credential, name) with { DeviceId = row.DeviceId, Hub = row.Hub, Tags = row.Tags }, isNew);
    }

    private static void Write(string path, byte[] pem)
    {
        using AtomicFile file = AtomicFile.StageAlone(path, pem, ownerOnly: false);
        file.Commit(overwrite: true);
    }

    private byte[] FindUds(FleetRow row, string certificate, bool isMade)
    {
        try
        {
            if (!row.GeneratesUds)
            {
                return given?.Find(row.UdsName) ?? throw new CommandException(given == null
                    ? "there is none. Give 64 hex characters or generate, or name the folder of the boards' secrets with --uds-dir."
                    : $"there is none, and no file {given.PathOf(row.UdsName)}. Give it here, or put that file there.");
            }

            // A board may hold the secret that is gone already: another one must not take its place unasked.
            return isMade && !overwrite && !File.Exists(generated!.PathOf(row.UdsName))
                ? throw new CommandException(
                    $"{certificate} is there, and its secret {generated.PathOf(row.UdsName)} is not. Put that file back, or give "
                    + "--force to generate another.")
                : generated!.FindOrGenerate(row.UdsName);
        }
        catch (CommandException e)
        {
            throw new RowException(row.Line, FleetColumn.Uds, e.Message);
        }
        catch (Exception e) when (WriteFault.Is(e))
        {
            throw WriteFault.Of(generated!.PathOf(row.UdsName), "--uds-out", e);
        }
    }

    private static string Compare(byte[] present, DiceCredential made)
    {
        try
        {
            X509Certificate2Collection certificates = PublicFile.ParseCertificates(present);
            using X509Certificate2 certificate = certificates[0];
            Verdict verdict = Verdict.Of(certificate, InspectedCertificate.Read(certificate), made);
            string[] others =
            [
                .. verdict.SameUds ? Array.Empty<string>() : ["UDS"],
                .. verdict.SameImage ? Array.Empty<string>() : ["image"],
                .. verdict.SameRegistrationId ? Array.Empty<string>() : ["registration ID"],
            ];
            return others.Length > 0 ? $"is of another {string.Join(" and another ", others)}" : "is written in another way";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return "holds no certificate";
        }
    }
}
