namespace DevKit.Boot.Console
{
    /// <summary>The command names that begin with what has been typed.</summary>
    public sealed class NameCompletion
    {
        /// <summary>Looks for them.</summary>
        /// <param name="commands">The commands there are.</param>
        /// <param name="typed">What has been typed of a name.</param>
        public NameCompletion(CommandTable commands, string typed)
        {
            Names = "";
            for (int i = 0; i < commands.Count; i++)
            {
                string name = commands.Get(i).Name;
                if (name.StartsWith(typed))
                {
                    Names += name + "  ";
                    Common = Count++ == 0 ? name : CommonStart(Common, name);
                }
            }
        }

        /// <summary>How many there are.</summary>
        public int Count { get; }

        /// <summary>How they all begin; the name itself when there is one, null when there is none.</summary>
        public string Common { get; }

        /// <summary>All of them, with blanks behind each.</summary>
        public string Names { get; }

        private static string CommonStart(string a, string b)
        {
            int length = 0;
            while (length < a.Length && length < b.Length && a[length] == b[length])
            {
                length++;
            }

            return a.Substring(0, length);
        }
    }
}
