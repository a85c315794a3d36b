namespace DevKit.DpsEmulator.Attestations;

/// <summary>The certificates of a TLS handshake, DER, as the client sent them.</summary>
/// <param name="Leaf">The client's own.</param>
/// <param name="Others">What it sent behind it, CAs as a rule, in no certain order.</param>
internal sealed record ClientCertificates(byte[] Leaf, IReadOnlyList<byte[]> Others);
