using System.Text;
using DevKit.Sim.Board;

namespace DevKit.Sim.Run;

/// <summary>A board on a terminal or in a pipe: what is typed goes to its serial port, what it sends is printed.</summary>
internal sealed class PlainSession
{
    private readonly VirtualDevKit _board;
    private readonly BoardKeys _keys;
    private readonly Stream _output = Console.OpenStandardOutput();

    public PlainSession(VirtualDevKit board, string screenFile)
    {
        _board = board;
        _keys = new BoardKeys(board, screenFile, Note);
    }

    /// <summary>Serves the user until the session is ended.</summary>
    /// <param name="showsSerial">Whether the serial port is on this terminal.</param>
    /// <param name="cancellation">Ends the session.</param>
    public void Run(bool showsSerial, CancellationToken cancellation)
    {
        if (showsSerial)
        {
            _board.SerialSent += Print;
        }

        Note(Console.IsInputRedirected ? "input from a pipe; interrupt to quit" : BoardKeys.Help);
        _board.PlugIn();
        if (Console.IsInputRedirected)
        {
            PassInput();
            cancellation.WaitHandle.WaitOne();
        }
        else
        {
            Console.TreatControlCAsInput = true;
            while (!cancellation.IsCancellationRequested && _keys.Take(Console.ReadKey(intercept: true)))
            {
            }
        }

        _board.SerialSent -= Print;
        Print("\r\n"u8.ToArray());
    }

    // A script's input; the board runs on when it ends, until the session is interrupted.
    private void PassInput()
    {
        using Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[256];
        for (int n = input.Read(buffer); n > 0; n = input.Read(buffer))
        {
            _board.TypeSerial(buffer.AsSpan(0, n));
        }
    }

    private void Print(byte[] bytes)
    {
        lock (_output)
        {
            _output.Write(bytes);
            _output.Flush();
        }
    }

    private void Note(string text) => Print(Encoding.UTF8.GetBytes($"\r\n[{text}]\r\n"));
}
