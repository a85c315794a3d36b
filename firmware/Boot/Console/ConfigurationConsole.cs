using System;
using DevKit.Board;
using DevKit.Dice;

namespace DevKit.Boot.Console
{
    /// <summary>The configuration console: a prompt, a line, a command, and again.</summary>
    public sealed class ConfigurationConsole
    {
        // The commands that a new board needs, in the order of the setup.
        private static readonly string[] SetUp = { "set_wifissid", "set_wifipwd", "set_dps_uds", "set_dps_idscope" };

        private readonly SerialConsole _serial;
        private readonly CommandTable _commands = new CommandTable();
        private readonly LineEditor _editor;

        /// <summary>Makes a console with all commands of the board.</summary>
        /// <param name="parts">The board.</param>
        /// <param name="image">The application image, for the commands that show the identity.</param>
        public ConfigurationConsole(BoardParts parts, FirmwareImage image)
        {
            _serial = parts.Serial;
            _editor = new LineEditor(_serial, _commands);
            _commands.Add(new ConsoleCommand("help", "", "list the commands", false, 1, 1, PrintHelp));
            new SystemCommands(parts, image).AddTo(_commands);
            new WifiCommands(parts).AddTo(_commands);
            new IdentityCommands(parts, image, AskForLine).AddTo(_commands);
            new CloudCommands(parts).AddTo(_commands);
            new SettingsCommands(parts).AddTo(_commands);
        }

        /// <summary>Serves the user until the board is reset.</summary>
        public void Run()
        {
            PrintShortHelp();
            while (true)
            {
                _serial.Write(LineEditor.Prompt);
                if (_editor.Read())
                {
                    Execute();
                }
            }
        }

        private void Execute()
        {
            CommandLine line = CommandLine.Parse(_editor.Line, _editor.Length, out string problem);
            _editor.Clear();
            if (line == null)
            {
                _serial.Write("\r\nError:" + problem + "\r\n");
                return;
            }

            try
            {
                if (line.Count > 0)
                {
                    _serial.Write("\r\n");
                    Execute(line);
                }
            }
            finally
            {
                line.Clear();
            }
        }

        private void Execute(CommandLine line)
        {
            ConsoleCommand command = _commands.Find(line.Name);
            if (command == null)
            {
                _serial.WriteLine("Error:Invalid command: " + line.Name);
                string nearest = NearestName.Find(_commands, line.Name);
                if (nearest != null)
                {
                    _serial.WriteLine("Did you mean " + nearest + "?");
                }
            }
            else if (line.Count < command.MinWords || line.Count > command.MaxWords)
            {
                _serial.WriteLine("Usage: " + command.Usage);
                if (line.Count > command.MaxWords && command.MaxWords > 1)
                {
                    _serial.WriteLine(CommandLine.TooManyWords);
                }
            }
            else
            {
                Run(command, line);
            }
        }

        // Whatever fails, the console is the place from which it can be mended.
        private void Run(ConsoleCommand command, CommandLine line)
        {
            try
            {
                command.Action(line);
            }
            catch (Exception e)
            {
                _serial.WriteLine("ERROR: " + command.Name + " failed: " + e.GetType().Name + ". " + e.Message);
            }
        }

        private string AskForLine(string question)
        {
            _serial.Write(question);
            if (!_editor.Read())
            {
                return "";
            }

            CommandLine answer = CommandLine.Parse(_editor.Line, _editor.Length, out _);
            _editor.Clear();
            return answer == null ? "" : answer.Name;
        }

        private void PrintShortHelp()
        {
            _serial.WriteLine("Configuration console:");
            for (int i = 0; i < SetUp.Length; i++)
            {
                PrintHelp(_commands.Find(SetUp[i]));
            }

            _serial.WriteLine("These four set a board up; exit starts it, help lists all commands.");
        }

        private void PrintHelp(CommandLine line)
        {
            for (int i = 0; i < _commands.Count; i++)
            {
                PrintHelp(_commands.Get(i));
            }
        }

        private void PrintHelp(ConsoleCommand command)
        {
            _serial.WriteLine(" - " + command.Usage + ": " + command.Help + ".");
        }
    }
}
