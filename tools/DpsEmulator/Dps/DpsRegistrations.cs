using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Dps;

/// <summary>Registrations: what DPS answers to the two requests of a device.</summary>
internal sealed class DpsRegistrations(
    string hubName,
    TimeSpan assignDelay,
    EnrollmentStore enrollments,
    DeviceStore devices,
    EventLog log,
    TimeProvider clock)
{
    /// <summary>What a device's token names as its key.</summary>
    private const string TokenKeyName = "registration";

    /// <summary>How long the outcome of a registration can be asked for.</summary>
    private static readonly TimeSpan OperationLifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Operation> _operations = new(StringComparer.Ordinal);

    /// <summary>Begins a registration: 202, or an error.</summary>
    internal DpsAnswer Register(DpsUserName name, DeviceProof proof, ReadOnlySpan<byte> body)
    {
        string registrationId = name.RegistrationId;
        DpsAnswer? refusal = ValidateBody(registrationId, body) ?? ValidateEnrollment(name, proof, out _);
        if (refusal is not null)
        {
            return refusal;
        }

        DateTimeOffset now = clock.GetUtcNow();
        foreach ((string old, _) in _operations.Where(entry => IsOver(entry.Value)))
        {
            _operations.TryRemove(old, out _);
        }

        string id = $"5.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.{Guid.NewGuid():D}";
        _operations[id] = new Operation(registrationId, now + assignDelay);
        log.Write($"DPS: {registrationId} is being assigned");
        return Assigning(id, assignDelay);
    }

    /// <summary>Says how a registration stands: 202, 200, or an error.</summary>
    internal DpsAnswer GetStatus(DpsUserName name, DeviceProof proof, string operationId)
    {
        string registrationId = name.RegistrationId;
        if (!_operations.TryGetValue(operationId, out Operation? operation)
            || operation.RegistrationId != registrationId
            || IsOver(operation))
        {
            return Error(404, 404203, "Operation not found.", registrationId, $"there is no operation '{LogText.Clean(operationId)}'");
        }

        TimeSpan left = operation.Ready - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            return Assigning(operationId, left);
        }

        if (ValidateEnrollment(name, proof, out Enrollment? enrollment) is { } refusal)
        {
            return refusal;
        }

        return Assigned(operationId, operation, enrollment!);
    }

    private bool IsOver(Operation operation) => operation.Ready + OperationLifetime < clock.GetUtcNow();

    private DpsAnswer Assigned(string operationId, Operation operation, Enrollment enrollment)
    {
        Device? device;
        string substatus;
        lock (operation)
        {
            device = operation.Assigned ? devices.Find(enrollment.DeviceId) : null;
            substatus = operation.Substatus;
            if (device is null)
            {
                substatus = devices.Find(enrollment.DeviceId) is null ? "initialAssignment" : "deviceDataMigrated";
                device = devices.Register(
                    enrollment.DeviceId, enrollment.RegistrationId, enrollment.Attestation, hubName, clock.GetUtcNow());
                operation.Assigned = true;
                operation.Substatus = substatus;
                log.Write($"DPS: {enrollment.RegistrationId} is assigned to {hubName} as {device.DeviceId}");
            }
        }

        return new DpsAnswer(200, new JsonObject
        {
            ["operationId"] = operationId,
            ["status"] = "assigned",
            ["registrationState"] = new JsonObject
            {
                ["registrationId"] = enrollment.RegistrationId,
                ["createdDateTimeUtc"] = Timestamps.ToText(device.Created),
                ["assignedHub"] = device.AssignedHub,
                ["deviceId"] = device.DeviceId,
                ["status"] = "assigned",
                ["substatus"] = substatus,
                ["lastUpdatedDateTimeUtc"] = Timestamps.ToText(device.Updated),
                ["etag"] = device.ETag,
            },
        });
    }

    private DpsAnswer? ValidateBody(string registrationId, ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonPayload.Parse(body, allowDuplicates: false) is JsonObject request
                && request["registrationId"] is JsonValue named && named.TryGetValue(out string? text) && text == registrationId
                ? null
                : Error(400, 400000, "Bad request.", registrationId, "its request does not name this registration ID");
        }
        catch (JsonException error)
        {
            return Error(400, 400000, "Bad request.", registrationId, $"its request is no JSON: {error.Message}");
        }
    }

    private DpsAnswer? ValidateEnrollment(DpsUserName name, DeviceProof proof, out Enrollment? enrollment)
    {
        enrollment = enrollments.Find(name.RegistrationId);
        if (enrollment is null)
        {
            return Error(
                404, 404201, "Enrollment not found.", name.RegistrationId, "no such enrollment: add one, by its certificate or by a key");
        }

        if (enrollment.Attestation.FindProblem(proof, name.Resource, TokenKeyName, clock.GetUtcNow()) is { } problem)
        {
            string message = proof.Token is null ? "Invalid certificate." : "Unauthorized";
            return Error(401, 401002, message, name.RegistrationId, problem);
        }

        return enrollment.Enabled ? null : Disabled(name.RegistrationId);
    }

    private static DpsAnswer Assigning(string operationId, TimeSpan left) =>
        new(202, new JsonObject { ["operationId"] = operationId, ["status"] = "assigning" }, (int)Math.Ceiling(left.TotalSeconds));

    private DpsAnswer Disabled(string registrationId)
    {
        log.Write($"DPS: {LogText.Clean(registrationId)} is refused: its enrollment is disabled");
        return new DpsAnswer(200, new JsonObject
        {
            ["operationId"] = "",
            ["status"] = "disabled",
            ["registrationState"] = new JsonObject { ["registrationId"] = registrationId, ["status"] = "disabled" },
        });
    }

    private DpsAnswer Error(int status, int code, string message, string registrationId, string reason)
    {
        log.Write($"DPS: {LogText.Clean(registrationId)} is refused, {code}: {reason}");
        return new DpsAnswer(status, new JsonObject
        {
            ["errorCode"] = code,
            ["trackingId"] = Guid.NewGuid().ToString("D"),
            ["message"] = message,
            ["timestampUtc"] = Timestamps.ToText(clock.GetUtcNow()),
        });
    }

    private sealed class Operation(string registrationId, DateTimeOffset ready)
    {
        internal string RegistrationId { get; } = registrationId;

        internal DateTimeOffset Ready { get; } = ready;

        internal bool Assigned { get; set; }

        internal string Substatus { get; set; } = "";
    }
}
