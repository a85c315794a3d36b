namespace DevKit.VirtualParts.StSafe;

/// <summary>Who may read or update a zone of the STSAFE-A100.</summary>
public enum ZoneAccess
{
    /// <summary>Anyone.</summary>
    Always = 0,

    /// <summary>A host with a session.</summary>
    Host = 1,

    /// <summary>A host with a session, after authentication.</summary>
    AuthenticationAndHost = 6,

    /// <summary>Nobody.</summary>
    Never = 7,
}
