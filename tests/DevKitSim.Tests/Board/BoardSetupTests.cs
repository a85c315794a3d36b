using System.Text;
using DevKit.Sim.Board;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Sim.Tests.Board;

[TestClass]
public class BoardSetupTests
{
    [TestMethod]
    public void Whatever_a_value_is_the_console_reads_it_as_one_word()
    {
        Arbitrary<string> values = Gen.Elements("ab \"\\'ü-".ToCharArray()).NonEmptyListOf()
            .Select(letters => string.Concat(letters)).ToArbitrary();
        Prop.ForAll(values, value =>
        {
            byte[] command = BoardSetup.WriteCommand(new BoardSetting("wifissid", Encoding.UTF8.GetBytes(value)));
            DevKit.Boot.Console.CommandLine line = DevKit.Boot.Console.CommandLine.Parse(command, command.Length - 1, out _);
            return command[^1] == '\r' && line.Count == 2 && line.Name == "set_wifissid" && line.GetText(1) == value;
        }).QuickCheckThrowOnFailure();
    }
}
