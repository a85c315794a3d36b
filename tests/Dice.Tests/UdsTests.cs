using System.Text;

namespace DevKit.Dice.Tests;

[TestClass]
public sealed class UdsTests
{
    private const string Text = "19e25A259d0c2bE03a02d416c05c48ccd0cc7d1743458aae1cb488b074993eaf";

    [TestMethod]
    public void Sixty_four_hexadecimal_characters_of_either_case_are_read()
    {
        byte[] uds = Uds.Parse(Encoding.ASCII.GetBytes(Text), out string problem);

        Assert.IsNull(problem);
        CollectionAssert.AreEqual(Convert.FromHexString(Text), uds);
    }

    [TestMethod]
    public void A_part_of_an_array_is_read()
    {
        byte[] uds = Uds.Parse(Encoding.ASCII.GetBytes("xx" + Text + "\0\0"), 2, 64, out _);

        CollectionAssert.AreEqual(Convert.FromHexString(Text), uds);
    }

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
                byte[] text = Encoding.Latin1.GetBytes(Text);
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
        byte[] text = Encoding.ASCII.GetBytes(Text);
        text[40] = (byte)'!';

        Uds.Parse(text, out string problem);

        for (int i = 0; i < Text.Length - 4; i++)
        {
            Assert.DoesNotContain(Text.Substring(i, 4), problem, StringComparison.OrdinalIgnoreCase);
        }
    }
}
