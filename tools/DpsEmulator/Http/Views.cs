using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Http;

/// <summary>What GET /api/info answers.</summary>
internal sealed record InfoView(
    string Version, string IdScope, string DpsEndpoint, string Hub, string Mqtt, string CaFingerprint, IReadOnlyList<string> ServerNames);

/// <summary>An enrollment as the API shows it: never its key.</summary>
internal sealed record EnrollmentView(
    string RegistrationId,
    string DeviceId,
    bool Enabled,
    DateTimeOffset Created,
    string Attestation,
    string? CertificateFingerprint,
    string? Issuer,
    DateTimeOffset? NotBefore,
    DateTimeOffset? NotAfter,
    string? AssignedHub,
    DateTimeOffset? LastRegistered)
{
    internal static EnrollmentView Of(Enrollment enrollment, Device? device)
    {
        using X509Certificate2? certificate =
            enrollment.Certificate is null ? null : X509CertificateLoader.LoadCertificate(enrollment.Certificate);
        return new EnrollmentView(
            enrollment.RegistrationId,
            enrollment.DeviceId,
            enrollment.Enabled,
            enrollment.Created,
            certificate is null ? EnrollmentRequest.SymmetricKey : EnrollmentRequest.X509,
            certificate?.GetCertHashString(HashAlgorithmName.SHA256),
            certificate?.Issuer,
            certificate?.NotBefore.ToUniversalTime(),
            certificate?.NotAfter.ToUniversalTime(),
            device?.AssignedHub,
            device?.Updated);
    }
}

/// <summary>The key of an enrollment, for who asks for it.</summary>
/// <param name="RegistrationId">Whose it is.</param>
/// <param name="PrimaryKey">The key, base64.</param>
/// <param name="ConnectionString">What a DevKit's console takes with <c>set_az_iotdps</c>.</param>
internal sealed record EnrollmentKeyView(string RegistrationId, string PrimaryKey, string ConnectionString);

/// <summary>A device as the API shows it: never its key.</summary>
internal sealed record DeviceView(
    string DeviceId,
    string? RegistrationId,
    string AssignedHub,
    string Attestation,
    DateTimeOffset LastRegistered,
    bool Connected,
    DateTimeOffset? ConnectedSince,
    TelemetryView? LastTelemetry,
    JsonObject? Desired,
    JsonObject? Reported);

/// <summary>A message of a device as the API shows it: its bytes, and what they say if they are text or JSON.</summary>
internal sealed record TelemetryView(
    long Sequence,
    DateTimeOffset Received,
    IReadOnlyDictionary<string, string> Properties,
    string Base64,
    string? Text,
    JsonNode? Json)
{
    internal static TelemetryView Of(TelemetryMessage message)
    {
        string? text = RequestBody.Text(message.Payload);
        return new TelemetryView(
            message.Sequence, message.Received, message.Properties, Convert.ToBase64String(message.Payload), text, text is null ? null : Parse(message.Payload));
    }

    private static JsonNode? Parse(byte[] payload)
    {
        try
        {
            return payload.Length == 0 ? null : JsonPayload.Parse(payload, allowDuplicates: true);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A page of messages.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Last">The number to ask on after.</param>
internal sealed record TelemetryPage(IReadOnlyList<TelemetryView> Messages, long Last);

/// <summary>An enrollment to be made, as JSON.</summary>
internal sealed record EnrollmentRequest
{
    internal const string X509 = "x509";
    internal const string SymmetricKey = "symmetricKey";

    /// <summary><see cref="X509"/>, also when it is not said, or <see cref="SymmetricKey"/>.</summary>
    public string? Attestation { get; init; }

    /// <summary>The certificate, PEM; with X.509 only.</summary>
    public string? Certificate { get; init; }

    /// <summary>The key, base64; with a symmetric key only, and without it one is made.</summary>
    public string? PrimaryKey { get; init; }

    /// <summary>With X.509 the certificate's common name, if it is said.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>The registration ID, if it is not said.</summary>
    public string? DeviceId { get; init; }

    /// <summary>True, if it is not said.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>A device to be made without a registration; without a key, one is made.</summary>
internal sealed record DeviceRequest(string? DeviceId, string? PrimaryKey);

/// <summary>A device that was made, and, this once, its key.</summary>
/// <param name="DeviceId">Its name.</param>
/// <param name="Hub">The hub's DNS name.</param>
/// <param name="ConnectionString">What a DevKit's console takes with <c>set_az_iothub</c>.</param>
internal sealed record NewDeviceView(string DeviceId, string Hub, string ConnectionString);

/// <summary>What of an enrollment can be changed.</summary>
internal sealed record EnrollmentChange(bool? Enabled);

/// <summary>A message to a device.</summary>
internal sealed record MessageRequest(string? Text, string? Base64, Dictionary<string, string>? Properties);

/// <summary>A device's answer to a direct method.</summary>
internal sealed record MethodView(int Status, JsonNode? Payload);
