using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.CommandLine;
using DevKit.Platform;
using DevKit.Sim.Board;
using DevKit.Sim.Serial;
using DevKit.VirtualParts.I2c;

namespace DevKit.Sim.Commands;

/// <summary>Opens what a run is made of; what can't be opened is named with its option.</summary>
internal static class RunParts
{
    /// <summary>Holds a board's folder.</summary>
    /// <exception cref="CommandException">Another program holds it, or it can't be made or written.</exception>
    public static FolderLock LockFolder(string folder) => InFolder(folder, () => FolderLock.TryAcquire(folder))
        ?? throw new CommandException($"--board {folder}: another program runs this board. End it, or name another folder with --board.");

    /// <summary>Puts a board together.</summary>
    /// <exception cref="CommandException">Its folder can't be read or written, or is damaged.</exception>
    public static VirtualDevKit CreateBoard(BoardOptions options) => InFolder(options.Folder, () => new VirtualDevKit(options));

    /// <summary>Plugs a board in.</summary>
    /// <exception cref="CommandException">Its secure element's file can't be read, or is damaged.</exception>
    public static void PlugIn(VirtualDevKit board) => InFolder(
        board.Folder.FullPath,
        () =>
        {
            board.PlugIn();
            return true;
        });

    /// <summary>Reads a CA certificate.</summary>
    /// <returns>The file's text, PEM.</returns>
    /// <exception cref="CommandException">The file can't be read or holds no certificate.</exception>
    public static string ReadCa(FileInfo file)
    {
        try
        {
            string pem = File.ReadAllText(file.FullName);
            X509Certificate2Collection certificates = [];
            certificates.ImportFromPem(pem);
            if (certificates.Count == 0)
            {
                throw new CryptographicException("It holds no certificate.");
            }

            return pem;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            const string Remedy = "Name the CA's certificate in PEM form; the local cloud keeps it as ca.pem in its data folder.";
            throw new CommandException($"--ca {file.FullName}: {e.Message} {Remedy}");
        }
    }

    /// <summary>Stores a CA certificate in the board's configuration block.</summary>
    /// <exception cref="CommandException">The folder can't be written.</exception>
    public static void StoreCa(VirtualDevKit board, string pem) => InFolder(
        board.Folder.FullPath,
        () =>
        {
            board.Folder.StoreCa(pem);
            return true;
        });

    /// <summary>Opens the I2C bus to other programs, when a port is given.</summary>
    /// <exception cref="CommandException">The port can't be opened.</exception>
    public static I2cBusServer? OpenBus(VirtualDevKit board, ushort? port)
    {
        try
        {
            return port == null ? null : I2cBusServer.Start(board.Bus, port.Value);
        }
        catch (SocketException e)
        {
            throw new CommandException($"--i2c {port}: TCP port {port} can't be opened: {e.Message}. Name another with --i2c PORT.");
        }
    }

    /// <summary>Opens the serial line, not attached to the board yet; null for the terminal.</summary>
    /// <exception cref="CommandException">It can't be opened.</exception>
    public static ISerialLine? OpenSerial(VirtualDevKit board, string where)
    {
        try
        {
            return where switch
            {
                RunOptions.TerminalSerial => null,
                RunOptions.PtySerial => new PtySerialLine(board),
                _ => new TcpSerialLine(board, RunOptions.ReadSerialPort(where)!.Value),
            };
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            throw new CommandException($"--serial {where}: {e.Message}");
        }
    }

    private static T InFolder<T>(string folder, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (InvalidDataException e)
        {
            throw new CommandException($"--board {folder}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--board {folder}: the board can't be kept there: {e.Message} Name another folder with --board.");
        }
    }
}
