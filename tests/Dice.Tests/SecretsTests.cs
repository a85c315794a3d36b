using System.Collections;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests;

[TestClass]
[DoNotParallelize]
public sealed class SecretsTests
{
    private const BindingFlags Any =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [TestMethod]
    public void After_a_derivation_neither_statics_nor_the_credential_hold_a_secret()
    {
        IdentityVector vector = IdentityVector.Load()[0];
        DiceCredential credential = vector.Derive();
        DiceEngine.CreateDeviceIdCertificate(vector.UdsBytes);
        DiceEngine.CreateDeviceIdRequest(vector.UdsBytes);
        credential.CreateAliasRequest();
        byte[] okm = HKDF.DeriveKey(HashAlgorithmName.SHA256, vector.UdsBytes, 40, null, "DICE DeviceID P-256"u8.ToArray());
        byte[] aliasOkm = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Convert.FromHexString(vector.Cdi), 40, null, "DICE Alias P-256"u8.ToArray());
        Dictionary<string, byte[]> secrets = new()
        {
            ["UDS"] = vector.UdsBytes,
            ["CDI"] = Convert.FromHexString(vector.Cdi),
            ["DeviceID seed"] = okm,
            ["alias seed"] = aliasOkm,
            ["DeviceID private key"] = Convert.FromHexString(vector.DeviceIdPrivate),
        };

        List<byte[]> held = [.. Reachable(StaticsOfTheEngine()), .. Reachable([credential])];

        Assert.IsGreaterThan(20, held.Count, "The search found hardly anything to look at.");
        foreach ((string name, byte[] secret) in secrets)
        {
            foreach (byte[] form in Forms(secret))
            {
                Assert.IsFalse(held.Any(h => h.AsSpan().IndexOf(form) >= 0), $"The {name} is still held.");
            }
        }
    }

    [TestMethod]
    public void The_search_does_find_what_a_credential_holds()
    {
        IdentityVector vector = IdentityVector.Load()[0];
        DiceCredential credential = vector.Derive();
        byte[] aliasKey = Convert.FromHexString(vector.AliasPrivate);

        Assert.IsTrue(Reachable([credential]).Any(h => h.AsSpan().IndexOf(aliasKey) >= 0));

        credential.Clear();

        Assert.IsFalse(Reachable([credential]).Any(h => h.AsSpan().IndexOf(aliasKey) >= 0));
    }

    [TestMethod]
    public void The_engine_rents_no_buffers()
    {
        using Mono.Cecil.ModuleDefinition module = Mono.Cecil.ModuleDefinition.ReadModule(typeof(DiceEngine).Assembly.Location);

        Assert.IsFalse(module.GetTypeReferences().Any(t => t.FullName.Contains("Pool", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_derivation_leaves_the_secret_and_the_image_as_they_were()
    {
        IdentityVector vector = IdentityVector.Load()[0];
        byte[] uds = vector.UdsBytes, image = vector.ImageBytes;

        DiceEngine.Derive(uds, image, vector.RegistrationId);

        CollectionAssert.AreEqual(vector.UdsBytes, uds);
        CollectionAssert.AreEqual(vector.ImageBytes, image);
    }

    // As bytes either way round, and as limbs of 29 bits.
    private static IEnumerable<byte[]> Forms(byte[] secret)
    {
        yield return secret;
        yield return [.. secret.Reverse()];
        if (secret.Length == 32)
        {
            BigInteger number = Reference.FromBytes(secret);
            yield return MemoryMarshal.AsBytes<long>(Reference.ToLimbs(number)).ToArray();
            yield return MemoryMarshal.AsBytes<long>(Reference.ToLimbs(number * Reference.R % Reference.N)).ToArray();
        }
    }

    private static IEnumerable<object?> StaticsOfTheEngine() =>
        typeof(DiceEngine).Assembly.GetTypes().SelectMany(t => t.GetFields(Any)).Where(f => f.IsStatic && !f.IsLiteral)
            .Select(f => f.GetValue(null));

    // The contents of every array, string and field that can be reached.
    private static List<byte[]> Reachable(IEnumerable<object?> roots)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        List<byte[]> contents = [];
        Queue<object?> open = new(roots);
        while (open.TryDequeue(out object? value))
        {
            if (value is null || !seen.Add(value))
            {
                continue;
            }

            if (value is string text)
            {
                contents.Add(System.Text.Encoding.Latin1.GetBytes(text));
            }
            else if (value is Array array && array.GetType().GetElementType()!.IsPrimitive)
            {
                contents.Add(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), Buffer.ByteLength(array)).ToArray());
            }
            else if (value is IEnumerable many)
            {
                many.Cast<object?>().ToList().ForEach(open.Enqueue);
            }
            else if (value.GetType().Assembly == typeof(DiceEngine).Assembly)
            {
                FieldInfo[] fields = [.. value.GetType().GetFields(Any).Where(f => !f.IsStatic)];
                contents.Add(
                    [.. fields.Where(f => f.FieldType == typeof(long)).SelectMany(f => BitConverter.GetBytes((long)f.GetValue(value)!))]);
                fields.Where(f => !f.FieldType.IsPrimitive).Select(f => f.GetValue(value)).ToList().ForEach(open.Enqueue);
            }
        }

        return contents;
    }
}
