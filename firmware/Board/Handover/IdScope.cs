namespace DevKit.Board.Handover
{
    /// <summary>The name of a provisioning service's instance.</summary>
    public static class IdScope
    {
        private const string Prefix = "0ne";

        /// <summary>What is unusual about an ID scope. Azure states no rule, so an unusual one is not refused.</summary>
        /// <param name="idScope">The ID scope.</param>
        /// <returns>A sentence; null if it looks like all that Azure has given out.</returns>
        public static string FindWarning(string idScope)
        {
            bool isUsual = idScope.Length > Prefix.Length && idScope.StartsWith(Prefix);
            for (int i = Prefix.Length; isUsual && i < idScope.Length; i++)
            {
                char c = idScope[i];
                isUsual = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
            }

            return isUsual
                ? null
                : "The ID scope \"" + idScope + "\" is not " + Prefix + " and hexadecimal digits, as 0ne0012A4F7 is: "
                    + "compare it with the one on the DPS instance's overview.";
        }
    }
}
