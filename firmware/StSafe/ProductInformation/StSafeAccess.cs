namespace DevKit.StSafe.ProductInformation
{
    /// <summary>Who may read or update a zone.</summary>
    public enum StSafeAccess
    {
        /// <summary>Anyone.</summary>
        Always = 0,

        /// <summary>A host with a session (C-MAC).</summary>
        Host = 1,

        /// <summary>A host with a session, after authentication.</summary>
        AuthenticationAndHost = 6,

        /// <summary>Nobody.</summary>
        Never = 7,
    }
}
