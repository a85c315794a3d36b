namespace DevKit.Dice.Tests;

[TestClass]
public sealed class RegistrationIdTests
{
    private static readonly byte[] Mac = [0xC8, 0x93, 0x46, 0x85, 0x41, 0x38];

    [TestMethod]
    [DataRow("1.4.1", "az-c89346854138v1v4v1")]
    [DataRow("1.4.1.0", "az-c89346854138v1v4v1")]
    [DataRow("0.0.0.9", "az-c89346854138v0v0v0")]
    [DataRow("10.200.65535", "az-c89346854138v10v200v65535")]
    public void MAC_and_version_make_the_default(string version, string expected)
    {
        string id = RegistrationId.FromMac(Mac, version);

        Assert.AreEqual(expected, id);
        Assert.IsNull(RegistrationId.FindProblem(id));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1")]
    [DataRow("1.4")]
    [DataRow("1.4.1.0.0")]
    [DataRow("1..1")]
    [DataRow("1.4.")]
    [DataRow("1.4.x")]
    [DataRow("-1.4.1")]
    [DataRow("+1.4.1")]
    [DataRow("1.4.1 ")]
    [DataRow("01.4.1")]
    [DataRow("1.4.65536")]
    [DataRow("1.4.100000")]
    [DataRow("1.4.1.x")]
    public void A_version_that_is_not_three_or_four_numbers_is_named(string version)
    {
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => RegistrationId.FromMac(Mac, version));
        Assert.AreEqual("firmwareVersion", e.ParamName);
        Assert.Contains($"\"{version}\"", e.Message);
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("0")]
    [DataRow("-")]
    [DataRow("az-c89346854138v1v4v1")]
    [DataRow("abcdefghijklmnopqrstuvwxyz-0123456789")]
    public void Lower_case_letters_digits_and_hyphens_are_valid(string id) => Assert.IsNull(RegistrationId.FindProblem(id));

    [TestMethod]
    public void One_hundred_and_twenty_eight_characters_are_the_most()
    {
        Assert.IsNull(RegistrationId.FindProblem(new string('a', 128)));
        Assert.Contains("129 characters", RegistrationId.FindProblem(new string('a', 129)));
        Assert.Contains("empty", RegistrationId.FindProblem(""));
        Assert.Contains("empty", RegistrationId.FindProblem(null));
    }

    [TestMethod]
    [DataRow("My-devkit", 'M', 1)]
    [DataRow("my_devkit", '_', 3)]
    [DataRow("my-devkit.", '.', 10)]
    [DataRow("my devkit", ' ', 3)]
    [DataRow("my-dévkit", 'é', 5)]
    public void A_forbidden_character_is_named_with_its_position(string id, char character, int position)
    {
        string problem = RegistrationId.FindProblem(id);

        Assert.Contains($"'{character}' as character {position}", problem);
        Assert.Contains($"\"{id}\"", problem);
    }

    [TestMethod]
    public void Over_64_characters_there_is_a_warning_and_no_problem()
    {
        Assert.IsNull(RegistrationId.FindWarning(new string('a', 64)));
        Assert.Contains("ub-common-name", RegistrationId.FindWarning(new string('a', 65)));
        Assert.IsNull(RegistrationId.FindProblem(new string('a', 65)));
    }
}
