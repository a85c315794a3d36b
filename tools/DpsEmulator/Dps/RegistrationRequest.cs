using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Dps;

/// <summary>What a device asks with: its registration ID, and perhaps a certificate signing request.</summary>
/// <param name="Csr">The request, DER; null for none.</param>
internal sealed record RegistrationRequest(byte[]? Csr)
{
    /// <summary>Reads the body of a registration.</summary>
    /// <exception cref="FormatException">It cannot be; the message says why.</exception>
    internal static RegistrationRequest Parse(DpsUserName name, ReadOnlySpan<byte> body)
    {
        JsonObject json;
        try
        {
            json = JsonPayload.Parse(body, allowDuplicates: false) as JsonObject
                ?? throw new FormatException("The request is no JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The request is no JSON: {error.Message}", error);
        }

        if (!name.RegistrationId.Equals(json.GetText("registrationId"), StringComparison.OrdinalIgnoreCase))
        {
            throw new FormatException("The request does not name this registration ID.");
        }

        return new RegistrationRequest(ReadCsr(name, json.GetText("csr")));
    }

    private static byte[]? ReadCsr(DpsUserName name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!DpsApiVersion.Has(name.ApiVersion, DpsApiVersion.WithCsr))
        {
            throw new FormatException($"A csr needs the api-version {DpsApiVersion.WithCsr}, and this is {name.ApiVersion}.");
        }

        byte[] csr;
        try
        {
            csr = Convert.FromBase64String(text);
        }
        catch (FormatException error)
        {
            throw new FormatException("The csr is no base64 of a PKCS#10 request (DER, without PEM's lines).", error);
        }

        return IssuingAuthority.FindProblem(csr, name.RegistrationId) is { } problem ? throw new FormatException(problem) : csr;
    }
}
