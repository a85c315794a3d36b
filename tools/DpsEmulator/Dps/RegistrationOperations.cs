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
    private readonly Dictionary<string, LinkedListNode<RegistrationOperation>> _byDevice = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<RegistrationOperation> _oldestFirst = new();

    /// <summary>How many are kept.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _oldestFirst.Count;
            }
        }
    }

    /// <summary>Begins an operation; null when there are too many that have not ended.</summary>
    /// <param name="registrationId">Whose.</param>
    /// <param name="delay">How long it takes.</param>
    /// <param name="csr">The certificate signing request that came with it, or null.</param>
    internal RegistrationOperation? TryBegin(string registrationId, TimeSpan delay, byte[]? csr)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_gate)
        {
            if (_byDevice.Remove(registrationId, out LinkedListNode<RegistrationOperation>? replaced))
            {
                _oldestFirst.Remove(replaced);
            }

            while (_oldestFirst.First is { } oldest && IsDispensable(oldest.Value, now))
            {
                _oldestFirst.RemoveFirst();
                _byDevice.Remove(oldest.Value.RegistrationId);
            }

            if (_oldestFirst.Count >= Maximum)
            {
                return null;
            }

            string id = $"5.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.{Guid.NewGuid():D}";
            var operation = new RegistrationOperation(id, registrationId, now + delay, csr);
            _byDevice[registrationId] = _oldestFirst.AddLast(operation);
            return operation;
        }
    }

    /// <summary>A device's operation; null when it has none of this ID, or it is long over.</summary>
    internal RegistrationOperation? Find(string registrationId, string operationId)
    {
        lock (_gate)
        {
            return _byDevice.TryGetValue(registrationId, out LinkedListNode<RegistrationOperation>? found)
                && found.Value.Id == operationId
                && clock.GetUtcNow() <= found.Value.Ready + Lifetime
                ? found.Value
                : null;
        }
    }

    /// <summary>Long over, or ended while the room is wanted.</summary>
    private bool IsDispensable(RegistrationOperation operation, DateTimeOffset now) =>
        now > operation.Ready + Lifetime || (_oldestFirst.Count >= Maximum && now >= operation.Ready);
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
