using System.Globalization;
using System.Text;
using DevKit.VirtualParts.Faults;

namespace DevKit.Support.Faults;

/// <summary>What came of the faults, counted.</summary>
public sealed class FaultCounts
{
    public const string Done = "done";
    public const string PowerLost = "power lost";

    private readonly SortedDictionary<FaultKind, SortedDictionary<string, int>> _outcomes = [];
    private readonly Dictionary<FaultKind, int> _new = [];
    private readonly List<string> _operations = [];
    private TimeSpan _longest;
    private int _runs;
    private int _runsBefore;

    public void Add(FaultKind kind, string outcome, bool isNew, TimeSpan time)
    {
        _runs++;
        _longest = time > _longest ? time : _longest;
        if (!_outcomes.TryGetValue(kind, out SortedDictionary<string, int>? counts))
        {
            _outcomes[kind] = counts = [];
        }

        counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        _new[kind] = _new.GetValueOrDefault(kind) + (isNew ? 1 : 0);
    }

    public void EndOperation(string name)
    {
        _operations.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {_runs - _runsBefore} faults"));
        _runsBefore = _runs;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{_runs} faults, longest operation {_longest.TotalSeconds:0.00} s of virtual time")
            .AppendLine();
        foreach ((FaultKind kind, SortedDictionary<string, int> counts) in _outcomes)
        {
            int all = counts.Values.Sum();
            text.Append(CultureInfo.InvariantCulture, $"{kind,-27}{all,7}  new {_new[kind],6}  old {all - _new[kind],6}  ");
            text.AppendLine(string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}")));
        }

        return text.AppendJoin(Environment.NewLine, _operations).ToString();
    }
}
