namespace DevKit.Dice.Tests.Support;

/// <summary>What the tests derive identities from, where any will do.</summary>
internal static class Samples
{
    /// <summary>A secret as a user enters it, in digits of both cases.</summary>
    internal const string UdsText = "19e25A259d0c2bE03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eaf";

    /// <summary>The registration ID of <see cref="Mac"/> and version 1.4.1.</summary>
    internal const string RegistrationId = "az-c89346854138v1v4v1";

    /// <summary>That secret's bytes.</summary>
    internal static byte[] Uds => Convert.FromHexString(UdsText);

    /// <summary>A board's MAC address.</summary>
    internal static byte[] Mac => [0xC8, 0x93, 0x46, 0x85, 0x41, 0x38];

    /// <summary>Bytes that stand for an application image.</summary>
    internal static byte[] Image => [1, 2, 3];
}
