using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Dps;

/// <summary>A registration as DPS's APIs have it.</summary>
internal static class RegistrationDocument
{
    /// <summary>The record, as the service's REST shows it.</summary>
    internal static JsonObject Write(Registration registration)
    {
        var json = new JsonObject
        {
            ["registrationId"] = registration.RegistrationId,
            ["createdDateTimeUtc"] = Timestamps.ToText(registration.Created),
        };
        json.AddIfAny("assignedHub", registration.AssignedHub);
        json.AddIfAny("deviceId", registration.DeviceId);
        json["status"] = registration.Status;
        json.AddIfAny("substatus", registration.Substatus);
        json.AddIfAny("errorCode", registration.ErrorCode);
        json.AddIfAny("errorMessage", registration.ErrorMessage);
        json["lastUpdatedDateTimeUtc"] = Timestamps.ToText(registration.Updated);
        json["etag"] = registration.ETag;
        return json;
    }

    /// <summary>The same, as a device is answered: with what it proved itself with, and the certificate that it was issued.</summary>
    internal static JsonObject WriteForDevice(RegistrationOutcome outcome, DeviceProof proof)
    {
        JsonObject json = Write(outcome.Registration);
        string? group = outcome.Registration.EnrollmentGroup;
        if (proof.Certificates is { } shown)
        {
            using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(shown.Leaf);
            var x509 = new JsonObject { ["certificateInfo"] = AttestationDocument.WriteInfo(leaf) };
            x509.AddIfAny("enrollmentGroupId", group);
            json.Insert(0, "x509", x509);
        }
        else
        {
            var key = new JsonObject();
            key.AddIfAny("enrollmentGroupId", group);
            json.Insert(0, "symmetricKey", key);
        }

        if (outcome.IssuedChain is { } chain)
        {
            json["issuedCertificateChain"] = new JsonArray([.. chain.Select(der => (JsonNode)Convert.ToBase64String(der))]);
        }

        return json;
    }
}
