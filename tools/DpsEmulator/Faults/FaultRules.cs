namespace DevKit.DpsEmulator.Faults;

/// <summary>The rules that are in force; they are forgotten with the emulator's end.</summary>
internal sealed class FaultRules(TimeProvider clock)
{
    /// <summary>How many can be in force.</summary>
    internal const int Maximum = 100;

    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _last;

    /// <summary>The rules and how often each has struck.</summary>
    internal IReadOnlyList<(FaultRule Rule, long Hits)> List()
    {
        lock (_gate)
        {
            RemoveEnded();
            return [.. _entries.Select(entry => (entry.Rule, entry.Hits))];
        }
    }

    /// <summary>Adds a rule, which gets its number here; null when there are too many.</summary>
    internal FaultRule? TryAdd(FaultRule rule)
    {
        lock (_gate)
        {
            RemoveEnded();
            if (_entries.Count >= Maximum)
            {
                return null;
            }

            var numbered = rule with { Id = ++_last };
            _entries.Add(new Entry(numbered));
            return numbered;
        }
    }

    internal bool Remove(int id)
    {
        lock (_gate)
        {
            return _entries.RemoveAll(entry => entry.Rule.Id == id) > 0;
        }
    }

    /// <summary>The rule that strikes now; null for none. Of a share, every so-manieth is struck, the last of each round.</summary>
    /// <param name="service">Where something happens.</param>
    /// <param name="device">The device that it happens to.</param>
    /// <param name="kinds">What could go wrong with it.</param>
    internal FaultRule? Take(FaultService service, string device, params ReadOnlySpan<FaultKind> kinds)
    {
        lock (_gate)
        {
            if (_entries.Count == 0)
            {
                return null;
            }

            RemoveEnded();
            foreach (Entry entry in _entries)
            {
                if (kinds.Contains(entry.Rule.Kind) && IsMeant(entry.Rule, service, device) && entry.Strike())
                {
                    return entry.Rule;
                }
            }

            return null;
        }
    }

    private static bool IsMeant(FaultRule rule, FaultService service, string device) =>
        (rule.Service is null || rule.Service == service)
        && (rule.Device switch
        {
            null => true,
            [.. var beginning, '*'] => device.StartsWith(beginning, StringComparison.OrdinalIgnoreCase),
            var whole => device.Equals(whole, StringComparison.OrdinalIgnoreCase),
        });

    private void RemoveEnded()
    {
        DateTimeOffset now = clock.GetUtcNow();
        _entries.RemoveAll(entry => entry.Rule.Ends <= now);
    }

    private sealed class Entry(FaultRule rule)
    {
        private long _seen;

        internal FaultRule Rule => rule;

        internal long Hits { get; private set; }

        /// <summary>Whether this time is one of the share.</summary>
        internal bool Strike()
        {
            _seen++;
            bool strikes = (long)(_seen * rule.Share) > (long)((_seen - 1) * rule.Share);
            Hits += strikes ? 1 : 0;
            return strikes;
        }
    }
}
