using System.Security.Cryptography;

namespace DevKit.DpsEmulator.Dps;

/// <summary>
/// The registrations that are under way or lately ended: one a device, a new one in place of the older, and so many in all that a
/// flood of them ends in 429 and not in the machine's memory.
/// </summary>
internal sealed class RegistrationOperations(TimeProvider clock)
{
    /// <summary>How many can be kept at a time.</summary>
    internal const int Maximum = 20_000;

    /// <summary>How long the outcome of a registration can be asked for.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RegistrationOperation> _byDevice = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<RegistrationOperation> _oldestFirst = new();

    /// <summary>Begins an operation; null when there are too many that have not ended.</summary>
    /// <param name="registrationId">Whose.</param>
    /// <param name="delay">How long it takes.</param>
    /// <param name="csr">The certificate signing request that came with it, or null.</param>
    internal RegistrationOperation? TryBegin(string registrationId, TimeSpan delay, byte[]? csr)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            while (_oldestFirst.TryPeek(out RegistrationOperation? oldest) && IsDispensable(oldest, now))
            {
                _oldestFirst.Dequeue();
                Forget(oldest);
            }

            if (_byDevice.Count >= Maximum && !_byDevice.ContainsKey(registrationId))
            {
                return null;
            }

            string id = $"5.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.{Guid.NewGuid():D}";
            var operation = new RegistrationOperation(id, registrationId, now + delay, csr);
            _byDevice[registrationId] = operation;
            _oldestFirst.Enqueue(operation);
            return operation;
        }
    }

    /// <summary>A device's operation; null when it has none of this ID, or it is long over.</summary>
    internal RegistrationOperation? Find(string registrationId, string operationId)
    {
        lock (_gate)
        {
            return _byDevice.TryGetValue(registrationId, out RegistrationOperation? operation)
                && operation.Id == operationId
                && clock.GetUtcNow() <= operation.Ready + Lifetime
                ? operation
                : null;
        }
    }

    /// <summary>Replaced by a newer one of its device, long over, or ended while the room is wanted.</summary>
    private bool IsDispensable(RegistrationOperation operation, DateTimeOffset now) =>
        _byDevice[operation.RegistrationId] != operation
        || now > operation.Ready + Lifetime
        || (_byDevice.Count >= Maximum && now >= operation.Ready);

    private void Forget(RegistrationOperation operation)
    {
        if (_byDevice.TryGetValue(operation.RegistrationId, out RegistrationOperation? present) && present == operation)
        {
            _byDevice.Remove(operation.RegistrationId);
        }
    }
}

/// <summary>A registration under way.</summary>
/// <param name="Id">What the device asks by.</param>
/// <param name="RegistrationId">Whose it is.</param>
/// <param name="Ready">When it ends.</param>
/// <param name="Csr">The certificate signing request that came with it, or null.</param>
internal sealed record RegistrationOperation(string Id, string RegistrationId, DateTimeOffset Ready, byte[]? Csr)
{
    /// <summary>What became of it; null before it ended.</summary>
    internal RegistrationOutcome? Outcome { get; set; }
}

/// <summary>What became of a registration.</summary>
/// <param name="Registration">The record of it.</param>
/// <param name="IssuedChain">The operational certificate and its CA's, DER; null for none.</param>
internal sealed record RegistrationOutcome(Registration Registration, IReadOnlyList<byte[]>? IssuedChain);
