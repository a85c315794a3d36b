using DevKit.Dice;
using DevKit.Dice.Certificates;
using DevKit.Dice.Curve;
using DevKit.Dice.Hashing;

namespace DevKit.Bench.Work;

/// <summary>The operations, done by our engine.</summary>
public static class EngineWork
{
    /// <summary>Measures them all; called in a woven context.</summary>
    public static Dictionary<int, long[]> Measure()
    {
        Counts counts = new();
        byte[] fourKiB = Samples.Bytes(4096), eightKiB = Samples.Bytes(8192), thirtyTwoKiB = Samples.Bytes(32768);
        byte[] label = new byte[20];
        long[] limbs = new long[Limbs.Count];
        ModularInverse modP = new(P256.Prime, P256.PrimeInverse), modN = new(P256.Order, P256.OrderInverse);
        counts.Measure(Operation.Sha256Of4KiB, () => Sha256.Hash(fourKiB), true);
        counts.Measure(Operation.Sha256Of8KiB, () => Sha256.Hash(eightKiB), true);
        counts.Measure(Operation.Hmac, () => HmacSha256.Compute(Samples.Scalar, Samples.Digest), true);
        counts.Measure(Operation.Hkdf, () => Hkdf.DeriveKey(Samples.Uds, null, label, 40), true);
        counts.Measure(Operation.Multiplication, () => EcdsaP256.GetPublicKey(Samples.Scalar), true);
        Limbs.FromBytes(limbs, Samples.Scalar, 0);
        counts.Measure(Operation.FieldInversion, () => modP.Invert(limbs), true);
        counts.Measure(Operation.ScalarInversion, () => modN.Invert(limbs), true);
        counts.Measure(Operation.Signature, () => EcdsaP256.Sign(Samples.Scalar, Samples.Digest), true);
        DiceCredential credential = DiceEngine.Derive(Samples.Uds, eightKiB, Samples.RegistrationId);
        counts.Measure(Operation.Documents, () => Encode(credential), true);
        counts.Measure(Operation.DeviceIdCertificate, () => DiceEngine.CreateDeviceIdCertificate(Samples.Uds), true);
        counts.Measure(Operation.DeviceIdRequest, () => DiceEngine.CreateDeviceIdRequest(Samples.Uds), true);
        counts.Measure(Operation.IdentityOf8KiB, () => DiceEngine.Derive(Samples.Uds, eightKiB, Samples.RegistrationId), true);
        counts.Measure(Operation.IdentityOf32KiB, () => DiceEngine.Derive(Samples.Uds, thirtyTwoKiB, Samples.RegistrationId), true);
        return counts.ByOperation;
    }

    /// <summary>The certificates and the request of the sample identity, to compare with.</summary>
    public static byte[][] Identity()
    {
        DiceCredential credential = DiceEngine.Derive(Samples.Uds, Samples.Bytes(8192), Samples.RegistrationId);
        return
        [
            credential.AliasCertificate, credential.AliasPrivateKey, DiceEngine.CreateDeviceIdCertificate(Samples.Uds),
            DiceEngine.CreateDeviceIdRequest(Samples.Uds), credential.CreateAliasRequest(),
        ];
    }

    private static void Encode(DiceCredential credential)
    {
        byte[] name = DeviceIdCertificate.EncodeName(credential.DeviceIdKeyId);
        X509.EncodeSigned(
            AliasCertificate.EncodeTbsCertificate(
                credential.RegistrationId, credential.AliasPublicKey, credential.AliasKeyId, name, credential.DeviceIdKeyId,
                credential.Fwid),
            new byte[64]);
        EcPrivateKey.Encode(Samples.Scalar, credential.AliasPublicKey);
    }
}
