using System.Text;
using DevKit.Dice.Tests.Support;
using FsCheck.Fluent;

namespace DevKit.Dice.Tests;

[TestClass]
public sealed class UdsTests
{
    [TestMethod]
    public void Sixty_four_hexadecimal_characters_of_either_case_are_read()
    {
        byte[] uds = Uds.Parse(Encoding.ASCII.GetBytes(Samples.UdsText), out string problem);

        Assert.IsNull(problem);
        CollectionAssert.AreEqual(Samples.Uds, uds);
    }

    [TestMethod]
    public void Any_text_is_read_if_it_is_64_hexadecimal_characters() => Properties.Check(
        20_000,
        Gen.OneOf(
            Properties.Bytes(32).Select(uds => Encoding.ASCII.GetBytes(Convert.ToHexString(uds))),
            Properties.Damaged(Encoding.ASCII.GetBytes(Samples.UdsText)),
            Properties.Bytes(0, 130)),
        text =>
        {
            bool expected = text.Length == 64 && Array.TrueForAll(text, b => char.IsAsciiHexDigit((char)b));
            byte[]? uds = Uds.Parse(text, out string? problem);

            Assert.AreEqual(expected, problem is null);
            CollectionAssert.AreEqual(expected ? Convert.FromHexString(Encoding.ASCII.GetString(text)) : null, uds);
        });

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(32)]
    [DataRow(63)]
    [DataRow(65)]
    [DataRow(128)]
    public void Another_length_is_named(int length)
    {
        Assert.IsNull(Uds.Parse(new byte[length], out string problem));
        Assert.Contains($"not {length}.", problem);
    }

    [TestMethod]
    public void The_first_character_that_is_not_hexadecimal_is_named_by_its_position()
    {
        for (int i = 0; i < 64; i++)
        {
            foreach (char c in "gG /:@`~\0ÿ")
            {
                byte[] text = Encoding.Latin1.GetBytes(Samples.UdsText);
                text[i] = (byte)c;
                text[63] = (byte)'x';

                Assert.IsNull(Uds.Parse(text, out string problem));
                Assert.StartsWith($"Character {i + 1} of", problem);
            }
        }
    }

    [TestMethod]
    [DataRow('0', "00")]
    [DataRow('f', "FF")]
    [DataRow('F', "FF")]
    public void What_an_erased_chip_holds_is_refused(char character, string named)
    {
        Assert.IsNull(Uds.Parse(Encoding.ASCII.GetBytes(new string(character, 64)), out string problem));
        Assert.Contains($"all {named}", problem);
    }

    [TestMethod]
    public void A_problem_does_not_give_the_secret_away()
    {
        byte[] text = Encoding.ASCII.GetBytes(Samples.UdsText);
        text[40] = (byte)'!';

        Uds.Parse(text, out string problem);

        for (int i = 0; i < Samples.UdsText.Length - 4; i++)
        {
            Assert.DoesNotContain(Samples.UdsText.Substring(i, 4), problem, StringComparison.OrdinalIgnoreCase);
        }
    }
}
