using System.Buffers.Binary;
using System.Reflection;

namespace DevKit.Dice.Tests;

[TestClass]
public sealed class FirmwareImageTests
{
    [TestMethod]
    public void A_pe_tells_the_first_three_of_its_four_version_numbers()
    {
        byte[] image = MakePe(300, 1, 4, 65535, 7);

        Assert.IsNull(FirmwareImage.FindProblem(image));
        Assert.AreEqual("1.4.65535", FirmwareImage.FindVersion(image));
    }

    [TestMethod]
    public void A_dll_tells_its_file_version()
    {
        byte[] image = File.ReadAllBytes(typeof(DiceEngine).Assembly.Location);
        Version expected = new(typeof(DiceEngine).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version);

        Assert.IsNull(FirmwareImage.FindProblem(image));
        Assert.AreEqual(expected.ToString(3), FirmwareImage.FindVersion(image));
    }

    [TestMethod]
    public void A_dll_with_bytes_appended_still_does()
    {
        byte[] image = [.. File.ReadAllBytes(typeof(DiceEngine).Assembly.Location), 0, 0, 0];

        Assert.AreEqual("1.0.0", FirmwareImage.FindVersion(image));
    }

    [TestMethod]
    public void A_length_that_lies_is_named_with_the_true_one()
    {
        byte[] image = MakePe(300, 1, 4, 1, 0);

        Assert.Contains("says that it has 300 bytes, but there are 299", FirmwareImage.FindProblem(image[..299]));
        Assert.Contains("says that it has 300 bytes, but there are 301", FirmwareImage.FindProblem([.. image, 0]));
        Assert.IsNull(FirmwareImage.FindVersion(image[..299]));
    }

    [TestMethod]
    public void An_image_that_ends_within_its_header_is_named()
    {
        byte[] image = MakePe(300, 1, 4, 1, 0);

        Assert.Contains("103 bytes", FirmwareImage.FindProblem(image[..103]));
        Assert.IsNull(FirmwareImage.FindVersion(image[..103]));
    }

    [TestMethod]
    public void What_is_neither_has_no_version_and_a_problem()
    {
        byte[] image = MakePe(300, 1, 4, 1, 0);
        for (int i = 0; i < 8; i++)
        {
            byte[] other = [.. image];
            other[i] ^= 0x20;
            Assert.Contains("NFMRK1", FirmwareImage.FindProblem(other), $"Byte {i} of the marker.");
            Assert.IsNull(FirmwareImage.FindVersion(other));
        }

        Assert.Contains("NFMRK1", FirmwareImage.FindProblem([1]));
        Assert.Contains("empty", FirmwareImage.FindProblem([]));
        Assert.Contains("empty", FirmwareImage.FindProblem(null));
        Assert.IsNull(FirmwareImage.FindVersion([]));
    }

    [TestMethod]
    public void A_dll_without_a_version_resource_has_no_version()
    {
        byte[] image = new byte[1000];
        image[0] = (byte)'M';
        image[1] = (byte)'Z';

        Assert.IsNull(FirmwareImage.FindProblem(image));
        Assert.IsNull(FirmwareImage.FindVersion(image));
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
