namespace DevKit.Support;

/// <summary>One device, as the tests' users would have it.</summary>
public static class Sample
{
    /// <summary>A Unique Device Secret, 64 hexadecimal characters.</summary>
    public const string Uds = "19e25a259d0c2be03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eae";

    /// <summary>Its MAC address, as the console prints it.</summary>
    public const string Mac = "c89346854138";

    /// <summary>The default registration ID of that MAC address with firmware 1.0.0.</summary>
    public const string RegistrationId = "az-c89346854138v1v0v0";
}
