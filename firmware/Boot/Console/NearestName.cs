namespace DevKit.Boot.Console
{
    /// <summary>Finds the command that somebody may have meant who mistyped its name.</summary>
    internal static class NearestName
    {
        private const int MostEdits = 3;

        /// <summary>The command's name that is fewest edits away, the first of several.</summary>
        /// <param name="commands">The commands there are.</param>
        /// <param name="typed">What was typed.</param>
        /// <returns>The name; null if none is near: one edit for each four characters and one more, up to three.</returns>
        internal static string Find(CommandTable commands, string typed)
        {
            string nearest = null;
            int fewest = 2 + typed.Length / 4;
            fewest = fewest > MostEdits ? MostEdits + 1 : fewest;
            typed = typed.ToLower();
            for (int i = 0; i < commands.Count; i++)
            {
                string name = commands.Get(i).Name;
                int difference = name.Length - typed.Length;
                int edits = difference > MostEdits || difference < -MostEdits ? fewest : CountEdits(typed, name);
                if (edits < fewest)
                {
                    fewest = edits;
                    nearest = name;
                }
            }

            return nearest;
        }

        // Levenshtein's distance, row by row: characters inserted, left out or replaced.
        private static int CountEdits(string a, string b)
        {
            int[] row = new int[b.Length + 1];
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = j;
            }

            for (int i = 0; i < a.Length; i++)
            {
                int diagonal = row[0];
                row[0] = i + 1;
                for (int j = 0; j < b.Length; j++)
                {
                    int replaced = diagonal + (a[i] == b[j] ? 0 : 1);
                    int insertedOrLeftOut = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
                    diagonal = row[j + 1];
                    row[j + 1] = replaced < insertedOrLeftOut ? replaced : insertedOrLeftOut;
                }
            }

            return row[b.Length];
        }
    }
}
