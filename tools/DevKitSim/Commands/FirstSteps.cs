using System.Text;
using DevKit.Boot.Console;
using DevKit.Platform;
using DevKit.Sim.Board;
using DevKit.Sim.Sessions;

namespace DevKit.Sim.Commands;

/// <summary>What a user who has just unpacked a board does: three steps to a connected one.</summary>
internal static class FirstSteps
{
    /// <summary>Prints the steps when the console waits for the first time, so that they stand where the user types.</summary>
    /// <param name="board">The board, not plugged in.</param>
    /// <param name="session">Where they are printed.</param>
    /// <param name="steps">The steps.</param>
    public static void PrintAtPrompt(VirtualDevKit board, ISession session, string[] steps)
    {
        string last = "";
        void OnSent(byte[] bytes)
        {
            string sent = last + Encoding.ASCII.GetString(bytes);
            if (sent.Contains(LineEditor.Prompt, StringComparison.Ordinal))
            {
                board.SerialSent -= OnSent;
                Array.ForEach(steps, session.Print);
            }

            // The prompt may come in pieces.
            last = sent[^Math.Min(sent.Length, LineEditor.Prompt.Length - 1)..];
        }

        board.SerialSent += OnSent;
    }

    /// <summary>The steps, a line each; on a terminal of 80 x 24 there is room for no more.</summary>
    /// <param name="local">The local cloud that the board finds, or null.</param>
    /// <param name="cloud">Where the board's cloud is when it is named; else null.</param>
    /// <param name="wifi">Name and password of the network that it can join.</param>
    public static string[] Describe(LocalCloud? local, string? cloud, KeyValuePair<string, string> wifi) =>
    [
        "This board is new. Three steps connect it:",
        local != null ? $"1. A cloud: the local one runs, its page is {local.Page}"
            : cloud != null ? $"1. A cloud: it is to be at {cloud}."
            : "1. A cloud: dotnet run --project tools/DpsEmulator, then this board again.",
        $"2. Type: set_wifissid {Quote(wifi.Key)}; set_wifipwd {DescribePassword(wifi.Value)}; set_dps_uds; "
            + $"set_dps_idscope {local?.IdScope ?? "<its ID scope>"}; exit. (Or start with --join, --uds, --set.)",
        "3. DevKitSim image, CertGen; enroll its .pem at the cloud; press Ctrl+R.",
    ];

    private static string Quote(string name) => name.Contains(' ', StringComparison.Ordinal) ? $"\"{name}\"" : name;

    // Another one may be a real network's.
    private static string DescribePassword(string password) =>
        password == BoardOptions.DefaultPassword ? password : password.Length == 0 ? "(none)" : "<its password>";
}
