using System.Buffers.Binary;
using DevKit.Dice.Tests.Support;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests;

[TestClass]
public sealed class FirmwareImageTests
{
    [TestMethod]
    public void A_pe_tells_the_first_three_of_its_four_version_numbers()
    {
        byte[] image = MakePe(300, 1, 4, 65535, 7);

        Assert.IsNull(FirmwareImage.Read(image).Problem);
        Assert.AreEqual("1.4.65535", FirmwareImage.Read(image).Version);
    }

    [TestMethod]
    public void A_dll_tells_its_assembly_version()
    {
        byte[] image = File.ReadAllBytes(typeof(DiceEngine).Assembly.Location);
        Version expected = typeof(DiceEngine).Assembly.GetName().Version!;

        Assert.IsNull(FirmwareImage.Read(image).Problem);
        Assert.AreEqual(expected.ToString(3), FirmwareImage.Read(image).Version);
    }

    [TestMethod]
    public void A_dll_with_bytes_appended_still_does()
    {
        byte[] image = [.. File.ReadAllBytes(typeof(DiceEngine).Assembly.Location), 0, 0, 0];

        Assert.AreEqual("1.0.0", FirmwareImage.Read(image).Version);
    }

    [TestMethod]
    public void A_length_that_lies_is_named_with_the_true_one()
    {
        byte[] image = MakePe(300, 1, 4, 1, 0);

        Assert.Contains("says that it has 300 bytes, but there are 299", FirmwareImage.Read(image[..299]).Problem);
        Assert.Contains("says that it has 300 bytes, but there are 301", FirmwareImage.Read([.. image, 0]).Problem);
        Assert.IsNull(FirmwareImage.Read(image[..299]).Version);
    }

    [TestMethod]
    public void An_image_that_ends_within_its_header_is_named()
    {
        byte[] image = MakePe(300, 1, 4, 1, 0);

        Assert.Contains("103 bytes", FirmwareImage.Read(image[..103]).Problem);
        Assert.IsNull(FirmwareImage.Read(image[..103]).Version);
    }

    [TestMethod]
    public void What_is_neither_has_no_version_and_a_problem()
    {
        byte[] image = MakePe(300, 1, 4, 1, 0);
        for (int i = 0; i < 8; i++)
        {
            byte[] other = [.. image];
            other[i] ^= 0x20;
            Assert.Contains("NFMRK1", FirmwareImage.Read(other).Problem, $"Byte {i} of the marker.");
            Assert.IsNull(FirmwareImage.Read(other).Version);
        }

        Assert.Contains("NFMRK1", FirmwareImage.Read([1]).Problem);
        Assert.Contains("empty", FirmwareImage.Read([]).Problem);
        Assert.Contains("empty", FirmwareImage.Read(null).Problem);
        Assert.IsNull(FirmwareImage.Read([]).Version);
    }

    [TestMethod]
    public void A_file_that_merely_begins_as_a_dll_does_is_no_image()
    {
        byte[] dll = File.ReadAllBytes(typeof(DiceEngine).Assembly.Location);
        foreach (byte[] image in (byte[][])[[.. "MZ"u8], [.. "MZ"u8, .. new byte[998]], dll[..200], dll[..^(dll.Length / 2)]])
        {
            Assert.Contains("no .NET assembly", FirmwareImage.Read(image).Problem);
            Assert.IsNull(FirmwareImage.Read(image).Version);
        }
    }

    [TestMethod]
    public void Any_bytes_have_either_a_version_or_a_problem() => Properties.Check(
        20_000,
        Gen.Frequency(
            (1, Properties.Damaged(File.ReadAllBytes(typeof(DiceEngine).Assembly.Location))),
            (10, Properties.Damaged(MakePe(200, 1, 4, 1, 0))),
            (10, Properties.Bytes(0, 300))),
        bytes =>
        {
            FirmwareImage image = FirmwareImage.Read(bytes);

            Assert.AreSame(bytes, image.Bytes);
            Assert.AreNotEqual(image.Version is null, image.Problem is null);
            if (image.Version is not null)
            {
                Assert.IsNull(RegistrationId.FindProblem(RegistrationId.FromMac(Samples.Mac, image.Version)));
            }
        });

    [TestMethod]
    public void What_stands_for_no_application_has_the_firmware_s_own_version()
    {
        FirmwareImage none = FirmwareImage.WithoutApplication("1.2.3");

        Assert.IsTrue(none.IsNoApplication);
        Assert.AreEqual("1.2.3", none.Version);
        Assert.IsNull(none.Problem);
        Assert.AreEqual(FirmwareImage.NoApplication, System.Text.Encoding.ASCII.GetString(none.Bytes));
        Assert.IsTrue(FirmwareImage.Read(none.Bytes).IsNoApplication);
        Assert.IsFalse(FirmwareImage.Read([.. none.Bytes, 0]).IsNoApplication);
        Assert.IsFalse(FirmwareImage.Read(null).IsNoApplication);
    }

    private static byte[] MakePe(int length, params ushort[] version)
    {
        byte[] image = new byte[length];
        "NFMRK1\0\0"u8.CopyTo(image);
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(28 + 2 * i), version[i]);
        }

        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(100), length);
        return image;
    }
}
