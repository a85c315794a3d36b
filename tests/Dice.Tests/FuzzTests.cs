using System.Text;
using DevKit.Dice.Encodings;
using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests;

// Whatever comes in, nothing but the documented answer or error comes out. The seed is printed; to repeat a run, set DICE_FUZZ_SEED.
[TestClass]
public sealed class FuzzTests
{
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("DICE_FUZZ_SEED"), null, out int given) ? given : Environment.TickCount;

    private readonly Random _random = new(Seed);

    public FuzzTests(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.WriteLine($"DICE_FUZZ_SEED={Seed}");
    }

    [TestMethod]
    public void Registration_IDs()
    {
        const string Alphabet = "abcxyz0189---AZ_. \0\n\u00e9\u4e2d\ud83d";
        byte[] uds = [1, .. new byte[31]];
        int valid = 0;
        for (int i = 0; i < 20_000; i++)
        {
            int letters = _random.Next(4) == 0 ? Alphabet.Length : 13;
            string id = new([.. Enumerable.Range(0, _random.Next(140)).Select(_ => Alphabet[_random.Next(letters)])]);
            bool expected = id.Length is >= 1 and <= 128 && id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');

            Assert.AreEqual(expected, RegistrationId.FindProblem(id) is null, Say(id));
            if (!expected)
            {
                Assert.AreEqual(
                    "registrationId", Assert.ThrowsExactly<ArgumentException>(() => DiceEngine.Derive(uds, [1], id)).ParamName, Say(id));
            }
            else if (++valid % 100 == 0)
            {
                DiceCredential credential = DiceEngine.Derive(uds, [1], id);
                Assert.IsTrue(Support.Certificates.Verify(credential.AliasCertificate, credential.DeviceIdPublicKey), Say(id));
            }
        }
    }

    [TestMethod]
    public void UDS_texts()
    {
        for (int i = 0; i < 50_000; i++)
        {
            byte[] text = Encoding.ASCII.GetBytes(Convert.ToHexString(Samples.Bytes(_random, 32)));
            for (int changes = _random.Next(3); changes > 0; changes--)
            {
                text[_random.Next(64)] = (byte)_random.Next(256);
            }

            if (_random.Next(10) == 0)
            {
                Array.Resize(ref text, _random.Next(130));
            }

            bool expected = text.Length == 64 && Array.TrueForAll(text, b => char.IsAsciiHexDigit((char)b));
            byte[] uds = Uds.Parse(text, out string problem);

            Assert.AreEqual(expected, uds is not null, Say(Convert.ToHexString(text)));
            Assert.AreEqual(expected, problem is null, Say(Convert.ToHexString(text)));
        }
    }

    [TestMethod]
    public void Images()
    {
        byte[] dll = File.ReadAllBytes(typeof(DiceEngine).Assembly.Location);
        byte[] pe = new byte[200];
        "NFMRK1\0\0"u8.CopyTo(pe);
        pe[100] = 200;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] image = _random.Next(4) switch
            {
                0 => Samples.Bytes(_random, _random.Next(300)),
                1 => dll[..(_random.Next(3) == 0 ? _random.Next(dll.Length) : _random.Next(2000))],
                2 => pe[.._random.Next(201)],
                _ => [.. pe],
            };
            if (image.Length > 0)
            {
                image[_random.Next(image.Length)] ^= (byte)(1 << _random.Next(8));
            }

            string? version = FirmwareImage.Read(image).Version;
            string? problem = FirmwareImage.Read(image).Problem;

            Assert.AreNotEqual(version is null, problem is null, Say(Convert.ToHexString(image)));
            if (version is not null)
            {
                Assert.IsNotNull(RegistrationId.FromMac(new byte[6], version), Say(version));
            }
        }
    }

    [TestMethod]
    public void Any_image_and_any_secret_derive_certificates_that_verify()
    {
        for (int i = 0; i < 100; i++)
        {
            byte[] uds = Samples.Bytes(_random, 32), image = Samples.Bytes(_random, _random.Next(1, 5000));
            DiceCredential credential = DiceEngine.Derive(uds, image, "fuzz");
            foreach (byte[] der in new[] { credential.AliasCertificate, credential.DeviceIdCertificate, credential.DeviceIdRequest })
            {
                Assert.IsTrue(Support.Certificates.Verify(der, credential.DeviceIdPublicKey), Say(Convert.ToHexString(uds)));
            }
        }
    }

    [TestMethod]
    public void Owner_certificates()
    {
        DiceCredential credential = DiceEngine.Derive([1, .. new byte[31]], [1], "fuzz");
        for (int i = 0; i < 100_000; i++)
        {
            byte[] der = [.. credential.DeviceIdCertificate];
            for (int changes = _random.Next(1, 4); changes > 0; changes--)
            {
                der[_random.Next(der.Length)] = (byte)_random.Next(256);
            }

            if (_random.Next(4) == 0)
            {
                Array.Resize(ref der, _random.Next(der.Length));
            }

            bool taken = credential.TryAttachOwnerCertificate(der, out string problem);

            Assert.AreEqual(taken, problem is null, Say(Convert.ToHexString(der)));
        }
    }

    [TestMethod]
    public void PEM_texts()
    {
        const string Alphabet = "AQID+/= \n\r\t-?\0";
        for (int i = 0; i < 50_000; i++)
        {
            string body = new([.. Enumerable.Range(0, _random.Next(40)).Select(_ => Alphabet[_random.Next(Alphabet.Length)])]);
            byte[] text = Encoding.ASCII.GetBytes("-----BEGIN X-----" + body + "-----END X-----\n");

            byte[]? der = Pem.Decode("X", text, 0, out int end);

            Assert.AreEqual(der is null ? 0 : text.Length, end, Say(Convert.ToHexString(text)));
            if (der is not null)
            {
                CollectionAssert.AreEqual(Convert.FromBase64String(body), der, Say(Convert.ToHexString(text)));
            }
        }
    }

    private static string Say(string input) => $"DICE_FUZZ_SEED={Seed}, input {input}";
}
