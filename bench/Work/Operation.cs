namespace DevKit.Bench.Work;

/// <summary>The operations that are measured, of the engine and of what it is compared with.</summary>
public enum Operation
{
    /// <summary>SHA-256 of 4 KiB.</summary>
    Sha256Of4KiB,

    /// <summary>SHA-256 of 8 KiB.</summary>
    Sha256Of8KiB,

    /// <summary>HMAC-SHA256 of 32 bytes under 32 bytes.</summary>
    Hmac,

    /// <summary>HKDF-SHA256 from 32 bytes to 40.</summary>
    Hkdf,

    /// <summary>A scalar times the base point of P-256, to affine coordinates.</summary>
    Multiplication,

    /// <summary>An inversion modulo p.</summary>
    FieldInversion,

    /// <summary>An inversion modulo n.</summary>
    ScalarInversion,

    /// <summary>A signature with the nonce of RFC 6979.</summary>
    Signature,

    /// <summary>The alias certificate and private key in DER, without what is hashed and signed.</summary>
    Documents,

    /// <summary>The DeviceID certificate, from the secret.</summary>
    DeviceIdCertificate,

    /// <summary>The DeviceID certificate request, from the secret.</summary>
    DeviceIdRequest,

    /// <summary>The whole identity, from the secret to alias key and certificate, of an image of 8 KiB.</summary>
    IdentityOf8KiB,

    /// <summary>The same of an image of 32 KiB.</summary>
    IdentityOf32KiB,
}
