using System.Security.Cryptography;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;

namespace DevKit.DpsEmulator.Dps;

/// <summary>Assigns a device to a hub, and makes it known there.</summary>
internal sealed class DeviceAssignment(
    HubNames hubs, DeviceStore devices, RegistrationStore registrations, IssuingAuthority authority, EventLog log, TimeProvider clock)
{
    private const string NoHub = "No linked IoT hub is among those of the enrollment.";
    private const int NoHubCode = 400209;

    private readonly Lock _gate = new();

    /// <summary>Assigns a device that has proved itself.</summary>
    /// <param name="name">Who it is.</param>
    /// <param name="enrollment">The enrollment that it comes by.</param>
    /// <param name="proof">What it showed.</param>
    /// <param name="csr">The certificate signing request that came with it, or null.</param>
    internal RegistrationOutcome Assign(DpsUserName name, Enrollment enrollment, DeviceProof proof, byte[]? csr)
    {
        lock (_gate)
        {
            Registration? previous = registrations.Find(name.RegistrationId);
            string registrationId = enrollment.Kind == EnrollmentKind.Individual
                ? enrollment.Id
                : previous?.RegistrationId ?? name.RegistrationId;
            string? hub = HubAllocation.Choose(enrollment.Settings, registrationId, hubs.All);
            string deviceId = enrollment.Settings.DeviceId ?? registrationId;
            (hub, string substatus) = Place(name, enrollment.Settings, previous, deviceId, hub);
            if (hub is null)
            {
                log.Write($"DPS: {registrationId} is not assigned: {NoHub}");
                return new RegistrationOutcome(Save(enrollment, previous, registrationId, null, null, "failed", null), null);
            }

            IReadOnlyList<byte[]>? chain = Issue(registrationId, enrollment.Settings, deviceId, csr);
            devices.Provision(
                new DeviceAddress(hub, deviceId),
                registrationId,
                GetAuthentication(enrollment, registrationId, proof, chain),
                new InitialTwin(
                    enrollment.Settings.InitialTags?.DeepClone().AsObject() ?? [],
                    enrollment.Settings.InitialDesired?.DeepClone().AsObject() ?? []),
                clock.GetUtcNow());
            log.Write($"DPS: {registrationId} is assigned to {hub} as {deviceId}, {substatus}");
            return new RegistrationOutcome(Save(enrollment, previous, registrationId, deviceId, hub, "assigned", substatus), chain);
        }
    }

    /// <summary>
    /// The hub, with the device moved there if it was at another. One that is not where its record says, or whose hub is not linked
    /// any more, begins anew.
    /// </summary>
    private (string? Hub, string Substatus) Place(
        DpsUserName name, EnrollmentSettings settings, Registration? previous, string deviceId, string? hub)
    {
        const string First = "initialAssignment";
        if (previous is not { AssignedHub: { } from } || previous.DeviceId != deviceId || !hubs.All.Contains(from)
            || devices.Find(new DeviceAddress(from, deviceId)) is null)
        {
            return (hub, First);
        }

        if (hub == from || !settings.UpdateHubAssignment)
        {
            bool says = DpsApiVersion.Has(name.ApiVersion, DpsApiVersion.WithReprovisioned);
            return (from, says ? "reprovisionedToInitialAssignment" : First);
        }

        if (hub is null)
        {
            return (null, First);
        }

        if (settings.MigrateDeviceData)
        {
            devices.Move(new DeviceAddress(from, deviceId), hub);
            return (hub, "deviceDataMigrated");
        }

        devices.Remove(new DeviceAddress(from, deviceId));
        return (hub, "deviceDataReset");
    }

    private IReadOnlyList<byte[]>? Issue(string registrationId, EnrollmentSettings settings, string deviceId, byte[]? csr)
    {
        if (csr is null)
        {
            return null;
        }

        if (settings.CredentialPolicyName is null)
        {
            log.Write($"DPS: {registrationId} asks for a certificate and gets none: its enrollment names no credential policy "
                + $"(credentialPolicyName, here '{EnrollmentDocument.CredentialPolicy}')");
            return null;
        }

        log.Write($"DPS: {registrationId} is issued an operational certificate for {deviceId}");
        return authority.Issue(csr, deviceId, clock.GetUtcNow());
    }

    private DeviceAuthentication GetAuthentication(
        Enrollment enrollment, string registrationId, DeviceProof proof, IReadOnlyList<byte[]>? chain)
    {
        if (chain is not null)
        {
            return DeviceAuthentication.FromAuthority(authority.Certificate.RawData);
        }

        if (proof.Certificates is { } shown)
        {
            return DeviceAuthentication.FromCertificate(shown.Leaf);
        }

        SymmetricKey[] keys = enrollment.Attestation.GetKeys(registrationId, enrollment.Kind == EnrollmentKind.Group);
        return DeviceAuthentication.FromKeys(keys[0], keys.Length > 1 ? keys[1] : null);
    }

    private Registration Save(
        Enrollment enrollment, Registration? previous, string registrationId, string? deviceId, string? hub, string status,
        string? substatus)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var registration = new Registration(
            registrationId,
            enrollment.Kind == EnrollmentKind.Group ? enrollment.Id : null,
            deviceId,
            hub,
            status,
            substatus,
            hub is null ? NoHubCode : null,
            hub is null ? NoHub : null,
            previous?.Created ?? now,
            now,
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(9)));
        registrations.Save(registration);
        return registration;
    }
}
