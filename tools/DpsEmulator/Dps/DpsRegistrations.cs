using System.Text.Json.Nodes;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Dps;

/// <summary>Registrations: what DPS answers to the requests of a device, over MQTT and HTTPS alike.</summary>
internal sealed class DpsRegistrations(
    TimeSpan assignDelay,
    EnrollmentStore enrollments,
    RegistrationStore registrations,
    DeviceAssignment assignment,
    EventLog log,
    TimeProvider clock)
{
    private const int TooManySeconds = 10;

    private readonly RegistrationOperations _operations = new(clock);

    /// <summary>Begins a registration: 202, or an error.</summary>
    internal DpsAnswer Register(DpsUserName name, DeviceProof proof, ReadOnlySpan<byte> body)
    {
        RegistrationRequest request;
        try
        {
            request = RegistrationRequest.Parse(name, body);
        }
        catch (FormatException error)
        {
            return Error(400, 400000, error.Message, name, error.Message);
        }

        if (Refuse(name, proof, out _) is { } refusal)
        {
            return refusal;
        }

        if (_operations.TryBegin(name.RegistrationId, assignDelay, request.Csr) is not { } operation)
        {
            DpsAnswer busy = Error(
                429, 429001, "Too many requests.", name, $"{RegistrationOperations.Maximum} registrations are under way");
            return busy with { RetryAfter = TooManySeconds };
        }

        log.Write($"DPS: {name.RegistrationId} is being assigned");
        return Assigning(operation.Id, assignDelay);
    }

    /// <summary>Says how a registration stands: 202, 200, or an error.</summary>
    internal DpsAnswer GetStatus(DpsUserName name, DeviceProof proof, string operationId)
    {
        if (_operations.Find(name.RegistrationId, operationId) is not { } operation)
        {
            return Error(404, 404203, "Operation not found.", name, $"there is no operation '{LogText.Clean(operationId)}'");
        }

        TimeSpan left = operation.Ready - clock.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            return Assigning(operationId, left);
        }

        if (Refuse(name, proof, out Enrollment? enrollment) is { } refusal)
        {
            return refusal;
        }

        RegistrationOutcome outcome;
        lock (operation)
        {
            outcome = operation.Outcome ??= assignment.Assign(name, enrollment!, proof, operation.Csr);
        }

        return new DpsAnswer(200, new JsonObject
        {
            ["operationId"] = operationId,
            ["status"] = outcome.Registration.Status,
            ["registrationState"] = RegistrationDocument.WriteForDevice(outcome, proof),
        });
    }

    /// <summary>Says what became of a device's latest registration: 200, or an error.</summary>
    internal DpsAnswer LookUp(DpsUserName name, DeviceProof proof, ReadOnlySpan<byte> body)
    {
        try
        {
            if (RegistrationRequest.Parse(name, body).Csr is not null)
            {
                throw new FormatException("A csr is for a registration: the request for its state has none.");
            }
        }
        catch (FormatException error)
        {
            return Error(400, 400000, error.Message, name, error.Message);
        }

        return Refuse(name, proof, out _) ?? (registrations.Find(name.RegistrationId) is { } found
            ? new DpsAnswer(200, RegistrationDocument.WriteForDevice(new RegistrationOutcome(found, null), proof))
            : Error(404, 404204, "Registration not found.", name, "it has not registered yet"));
    }

    private DpsAnswer? Refuse(DpsUserName name, DeviceProof proof, out Enrollment? enrollment)
    {
        EnrollmentMatch match = EnrollmentMatch.Find(enrollments, name, proof, clock.GetUtcNow());
        enrollment = match.Enrollment;
        if (enrollment is null)
        {
            return Error(match.ErrorCode / 1000, match.ErrorCode, match.Message, name, match.Reason);
        }

        return enrollment.Settings.Enabled ? null : Disabled(name);
    }

    private static DpsAnswer Assigning(string operationId, TimeSpan left) =>
        new(202, new JsonObject { ["operationId"] = operationId, ["status"] = "assigning" }, (int)Math.Ceiling(left.TotalSeconds));

    private DpsAnswer Disabled(DpsUserName name)
    {
        log.Write($"DPS: {LogText.Clean(name.RegistrationId)} is refused: its enrollment is disabled");
        return new DpsAnswer(200, new JsonObject
        {
            ["operationId"] = "",
            ["status"] = "disabled",
            ["registrationState"] = new JsonObject { ["registrationId"] = name.RegistrationId, ["status"] = "disabled" },
        });
    }

    private DpsAnswer Error(int status, int code, string message, DpsUserName name, string reason)
    {
        log.Write($"DPS: {LogText.Clean(name.RegistrationId)} is refused, {code}: {reason}");
        return new DpsAnswer(status, DpsError.Write(code, message, clock.GetUtcNow()));
    }
}
