using System;
using DevKit.Board;
using DevKit.Dice;

namespace DevKit.Boot.Console
{
    /// <summary>The configuration console: a prompt, a line, a command, and again.</summary>
    public sealed class ConfigurationConsole
    {
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
            PrintHelp(null);
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
            }
            else if (line.Count < command.MinWords || line.Count > command.MaxWords)
            {
                _serial.WriteLine("Usage: " + command.Usage);
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

        private void PrintHelp(CommandLine line)
        {
            _serial.WriteLine("Configuration console:");
            for (int i = 0; i < _commands.Count; i++)
            {
                ConsoleCommand command = _commands.Get(i);
                _serial.WriteLine(" - " + command.Usage + ": " + command.Help + ".");
            }
        }
    }
}
