namespace DevKit.Boot.Tests;

[TestClass]
[DoNotParallelize]
public class LineEditorTests
{
    private const string Prompt = "\r\n# ";

    [TestMethod]
    [DataRow("bogus\r")]
    [DataRow("bogus\n")]
    [DataRow("bogus\r\n")]
    public void Enter_is_CR_or_LF_or_both(string typed)
    {
        Assert.AreEqual($"{Prompt}bogus\r\nError:Invalid command: bogus\r\n{Prompt}", new ConsoleSession().Type(typed));
    }

    [TestMethod]
    public void An_empty_line_prompts_again()
    {
        Assert.AreEqual(Prompt + Prompt + Prompt, new ConsoleSession().Type("\r  \r").Replace("  ", "", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("\b")]
    [DataRow("\x7f")]
    public void Backspace_and_delete_erase(string erase)
    {
        Assert.AreEqual(
            $"{Prompt}bx\b \bogus\r\nError:Invalid command: bogus\r\n{Prompt}", new ConsoleSession().Type("bx" + erase + "ogus\r"));
    }

    [TestMethod]
    public void Erasing_an_empty_line_does_nothing()
    {
        Assert.AreEqual(Prompt + "a\b \b" + Prompt, new ConsoleSession().Type("a\b\b\b\r"));
    }

    [TestMethod]
    public void A_character_of_several_bytes_is_erased_whole()
    {
        Assert.AreEqual(Prompt + "é\b \b" + Prompt, new ConsoleSession().Type("é\b\r"));
    }

    [TestMethod]
    public void Other_control_characters_are_ignored()
    {
        Assert.AreEqual($"{Prompt}bogus\r\nError:Invalid command: bogus\r\n{Prompt}", new ConsoleSession().Type("b\x01o\x07g\0us\r"));
    }

    [TestMethod]
    [DataRow("\e[D")]
    [DataRow("\e[1;5C")]
    [DataRow("\e[3~")]
    [DataRow("\eOP")]
    [DataRow("\ex")]
    public void An_escape_sequence_is_taken_whole(string sequence)
    {
        Assert.AreEqual($"{Prompt}bogus\r\nError:Invalid command: bogus\r\n{Prompt}", new ConsoleSession().Type("bo" + sequence + "gus\r"));
    }

    [TestMethod]
    [DataRow("\e")]
    [DataRow("\e[")]
    [DataRow("\eO")]
    [DataRow("\e[1;5")]
    [DataRow("\e\e[")]
    public void A_sequence_that_is_cut_short_does_not_swallow_Enter(string sequence)
    {
        // The second Enter, on an empty line, ends what a swallowed first one would have left open.
        Assert.AreEqual(
            $"{Prompt}bogus\r\nError:Invalid command: bogus\r\n{Prompt}{Prompt}", new ConsoleSession().Type("bogus" + sequence + "\r\r"));
    }

    [TestMethod]
    public void A_sequence_that_is_cut_short_leaves_the_character_that_cut_it_whole()
    {
        Assert.AreEqual($"{Prompt}é\b \b{Prompt}", new ConsoleSession().Type("\e[é\e[\x7f\r"));
    }

    [TestMethod]
    public void A_line_holds_1023_characters()
    {
        string name = new('a', 1023);
        Assert.AreEqual($"{Prompt}{name}\r\nError:Invalid command: {name}\r\n{Prompt}", new ConsoleSession().Type(name + "\r"));
    }

    [TestMethod]
    public void One_character_more_drops_the_line_and_the_rest_of_it()
    {
        string name = new('a', 1023);
        string sent = new ConsoleSession().Type(name + "bcd set_wifissid x\rbogus\r");
        Assert.AreEqual(
            $"{Prompt}{name}\r\nError: input buffer overflow\r\n{Prompt}bogus\r\nError:Invalid command: bogus\r\n{Prompt}", sent);
    }

    [TestMethod]
    [DataRow("set_wifipwd abc def", "set_wifipwd *******")]
    [DataRow("  set_wifipwd  abc", "  set_wifipwd ****")]
    [DataRow("\"set_wifipwd\" abc", "\"set_wifipwd\" ***")]
    [DataRow("set_wifip\t abc", "set_wifipwd ****")]
    public void A_secret_is_echoed_as_asterisks(string typed, string echoed)
    {
        string sent = new ConsoleSession().Type(typed + "\r");
        Assert.StartsWith(Prompt + echoed + "\r\n", sent);
        Assert.DoesNotContain("abc", sent);
    }

    [TestMethod]
    public void A_mask_goes_when_the_blank_behind_the_name_is_erased()
    {
        string sent = new ConsoleSession().Type("set_wifipwd a\b\b\x7f" + "x\r");
        Assert.StartsWith(Prompt + "set_wifipwd *\b \b\b \b\b \bx\r\n", sent);
    }

    [TestMethod]
    public void Tab_completes_a_command_name()
    {
        Assert.StartsWith(Prompt + "version \r\n", new ConsoleSession().Type("ve\t\r"));
    }

    [TestMethod]
    public void Tab_completes_as_far_as_names_agree_then_lists_them()
    {
        string sent = new ConsoleSession().Type("set_dps\t\t\x7f\x7f\x7f\x7f\x7f\x7f\x7f\x7f\r");
        Assert.StartsWith($"{Prompt}set_dps_\r\nset_dps_uds  set_dps_endpoint  set_dps_idscope  set_dps_csr  {Prompt}set_dps_", sent);
    }

    [TestMethod]
    public void Tab_in_a_value_is_ignored()
    {
        Assert.StartsWith(Prompt + "bogus value\r\n", new ConsoleSession().Type("bogus va\tlue\r"));
    }

    [TestMethod]
    public void Arrows_recall_lines()
    {
        string sent = new ConsoleSession().Type("version\rshow\r\e[A\e[A\r");
        string erased = string.Concat(Enumerable.Repeat("\b \b", 4));
        Assert.Contains($"{Prompt}show{erased}version\r\n", sent);
    }

    [TestMethod]
    public void Down_behind_the_last_line_empties_it()
    {
        string sent = new ConsoleSession().Type("version\r\e[A\e[B\r");
        Assert.EndsWith($"{Prompt}version{string.Concat(Enumerable.Repeat("\b \b", 7))}{Prompt}", sent);
    }

    [TestMethod]
    public void A_secret_is_not_recalled_nor_is_what_is_no_command()
    {
        string sent = new ConsoleSession().Type("set_wifipwd password\rset_wifipw password2\r\e[A\r");
        Assert.EndsWith(Prompt + Prompt, sent);
    }
}
