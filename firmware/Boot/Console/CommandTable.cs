using System.Collections;

namespace DevKit.Boot.Console
{
    /// <summary>The commands that a console knows, in the order of its help.</summary>
    public sealed class CommandTable
    {
        private readonly ArrayList _commands = new ArrayList();

        /// <summary>Number of commands.</summary>
        public int Count
        {
            get { return _commands.Count; }
        }

        /// <summary>Adds a command.</summary>
        public void Add(ConsoleCommand command)
        {
            _commands.Add(command);
        }

        /// <summary>A command by its place.</summary>
        public ConsoleCommand Get(int index)
        {
            return (ConsoleCommand)_commands[index];
        }

        /// <summary>A command by its name, or null.</summary>
        public ConsoleCommand Find(string name)
        {
            for (int i = 0; i < Count; i++)
            {
                if (Get(i).Name == name)
                {
                    return Get(i);
                }
            }

            return null;
        }
    }
}
