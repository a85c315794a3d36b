using System.Text.Json;
using DevKit.Boot;
using DevKit.Dice;
using DevKit.VirtualMcu.Link;
using NanoStandIns;

namespace DevKit.VirtualMcu;

/// <summary>
/// One power-on of the microcontroller: a process of its own, which a reset ends and pulling the plug kills at any
/// instruction. Its standard input and output are the link to the board.
/// </summary>
internal static class Program
{
    private static int Main()
    {
        BoardLink link = new(Console.OpenStandardInput(), Console.OpenStandardOutput());

        // Nothing may print into the link.
        Console.SetOut(TextWriter.Null);
        if (!link.TryReceive(out LinkMessage message, out byte[] content) || message != LinkMessage.Hello)
        {
            Console.Error.WriteLine("This is the microcontroller of the virtual DevKit, which starts it: run DevKitSim.");
            return 1;
        }

        McuConfiguration configuration = JsonSerializer.Deserialize<McuConfiguration>(content)!;
        RemoteMachine machine = new(link, configuration);
        MachineHost.Current = machine.Assemble();
        machine.Start();
        byte[]? image = configuration.ImageFile == null ? MeasuredImage.Read() : File.ReadAllBytes(configuration.ImageFile);
        Boot.Program.Run(configuration.HasApplication ? image : null);
        return 0;
    }
}
