namespace DevKit.Boot.Console
{
    /// <summary>What a command does with the words that were typed, the command's own name first.</summary>
    public delegate void ConsoleAction(CommandLine line);

    /// <summary>A command of the configuration console.</summary>
    public sealed class ConsoleCommand
    {
        /// <summary>Describes a command.</summary>
        /// <param name="name">What the user types.</param>
        /// <param name="arguments">Its arguments as the help shows them, or an empty string.</param>
        /// <param name="help">One line for the help.</param>
        /// <param name="isSecret">Whether its value is echoed as asterisks and never recalled.</param>
        /// <param name="minWords">The fewest words it takes, its name included.</param>
        /// <param name="maxWords">The most words it takes, its name included.</param>
        /// <param name="action">What it does.</param>
        public ConsoleCommand(string name, string arguments, string help, bool isSecret, int minWords, int maxWords, ConsoleAction action)
        {
            Name = name;
            Usage = arguments.Length == 0 ? name : name + " " + arguments;
            Help = help;
            IsSecret = isSecret;
            MinWords = minWords;
            MaxWords = maxWords;
            Action = action;
        }

        /// <summary>What the user types.</summary>
        public string Name { get; }

        /// <summary>The name with its arguments.</summary>
        public string Usage { get; }

        /// <summary>One line for the help.</summary>
        public string Help { get; }

        /// <summary>Whether its value is echoed as asterisks and never recalled.</summary>
        public bool IsSecret { get; }

        /// <summary>The fewest words it takes, its name included.</summary>
        public int MinWords { get; }

        /// <summary>The most words it takes, its name included.</summary>
        public int MaxWords { get; }

        /// <summary>What it does.</summary>
        public ConsoleAction Action { get; }
    }
}
