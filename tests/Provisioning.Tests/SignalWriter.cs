using System.Globalization;

namespace DevKit.Provisioning.Tests;

/// <summary>What was printed, for one who prints and one who waits for it.</summary>
internal sealed class SignalWriter() : StringWriter(CultureInfo.InvariantCulture)
{
    // What is asserted is that something comes, not when.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private event Action? Written;

    public override void Write(char value) => Do(() => base.Write(value));

    public override void Write(string? value) => Do(() => base.Write(value));

    public override void WriteLine(string? value) => Do(() => base.Write(value + NewLine));

    public override string ToString()
    {
        lock (_lock)
        {
            return base.ToString();
        }
    }

    /// <summary>Waits until a text stands there.</summary>
    public async Task WaitForAsync(string text)
    {
        TaskCompletionSource found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look()
        {
            if (ToString().Contains(text, StringComparison.Ordinal))
            {
                found.TrySetResult();
            }
        }

        Written += Look;
        Look();
        await found.Task.WaitAsync(Patience);
        Written -= Look;
    }

    private void Do(Action write)
    {
        lock (_lock)
        {
            write();
        }

        Written?.Invoke();
    }
}
