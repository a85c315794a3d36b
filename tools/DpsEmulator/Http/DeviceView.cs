using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Http;

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
    JsonObject? Reported)
{
    internal static DeviceView From(DeviceStatus status, DateTimeOffset? connectedSince) =>
        new(
            status.Device.DeviceId,
            status.Device.RegistrationId,
            status.Device.AssignedHub,
            status.Device.Attestation.Key is null ? EnrollmentRequest.X509 : EnrollmentRequest.SymmetricKey,
            status.Device.Updated,
            connectedSince is not null,
            connectedSince,
            status.LastTelemetry is null ? null : TelemetryView.From(status.LastTelemetry),
            status.Desired,
            status.Reported);
}

/// <summary>A device that was made, and, this once, its key.</summary>
/// <param name="DeviceId">Its name.</param>
/// <param name="Hub">The hub's DNS name.</param>
/// <param name="ConnectionString">What a DevKit's console takes with <c>set_az_iothub</c>.</param>
internal sealed record NewDeviceView(string DeviceId, string Hub, string ConnectionString);

/// <summary>A device's answer to a direct method.</summary>
internal sealed record MethodView(int Status, JsonNode? Payload);
