using DevKit.Dice.Tests.Support;

namespace DevKit.Dice.Tests;

[TestClass]
public sealed class RegistrationIdTests
{
    [TestMethod]
    [DataRow("1.4.1", Samples.RegistrationId)]
    [DataRow("1.4.1.0", Samples.RegistrationId)]
    [DataRow("0.0.0.9", "az-c89346854138v0v0v0")]
    [DataRow("10.200.65535", "az-c89346854138v10v200v65535")]
    public void MAC_and_version_make_the_default(string version, string expected)
    {
        string id = RegistrationId.FromMac(Samples.Mac, version);

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
        ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => RegistrationId.FromMac(Samples.Mac, version));
        Assert.AreEqual("firmwareVersion", e.ParamName);
        Assert.Contains($"\"{version}\"", e.Message);
    }

    [TestMethod]
    [DataRow("a")]
    [DataRow("0")]
    [DataRow("-")]
    [DataRow(Samples.RegistrationId)]
    [DataRow("abcdefghijklmnopqrstuvwxyz-0123456789")]
    [DataRow("my_devkit")]
    [DataRow("plant.hall-2:devkit_7")]
    [DataRow(".a")]
    [DataRow("_:.-")]
    public void Lower_case_letters_digits_and_four_signs_are_valid(string id) => Assert.IsNull(RegistrationId.FindProblem(id));

    [TestMethod]
    [DataRow("my-devkit.", '.')]
    [DataRow("my-devkit_", '_')]
    [DataRow("my-devkit:", ':')]
    [DataRow(".", '.')]
    public void A_last_character_that_is_neither_letter_nor_digit_nor_hyphen_is_named(string id, char last)
    {
        string problem = RegistrationId.FindProblem(id);

        Assert.Contains($"ends in '{last}'", problem);
        Assert.Contains($"\"{id}\"", problem);
    }

    [TestMethod]
    public void Every_character_is_allowed_or_not_as_the_rule_says()
    {
        for (char c = '\0'; c < 0x250; c++)
        {
            bool anywhere = c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-';
            bool inside = anywhere || c is '.' or '_' or ':';
            Assert.AreEqual(inside, RegistrationId.FindProblem($"a{c}a") is null, $"U+{(int)c:X4} inside");
            Assert.AreEqual(anywhere, RegistrationId.FindProblem($"a{c}") is null, $"U+{(int)c:X4} at the end");
        }
    }

    [TestMethod]
    public void What_is_valid_makes_a_certificate_and_what_is_not_is_refused() => Properties.Check(
        500,
        Properties.Text("abcxyz0189abcxyz0189abcxyz0189-._:A \0é", 20),
        id =>
        {
            if (RegistrationId.FindProblem(id) is null)
            {
                DiceCredential credential = DiceEngine.Derive(Samples.Uds, Samples.Image, id);
                Assert.IsTrue(Support.Certificates.Verify(credential.AliasCertificate, credential.DeviceIdPublicKey));
            }
            else
            {
                ArgumentException e = Assert.ThrowsExactly<ArgumentException>(() => DiceEngine.Derive(Samples.Uds, Samples.Image, id));
                Assert.AreEqual("registrationId", e.ParamName);
            }
        });

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
    [DataRow("my/devkit", '/', 3)]
    [DataRow("my-devkit$", '$', 10)]
    [DataRow("my devkit", ' ', 3)]
    [DataRow("my-dévkit", 'é', 5)]
    public void A_forbidden_character_is_named_with_its_position(string id, char character, int position)
    {
        string problem = RegistrationId.FindProblem(id);

        Assert.Contains($"'{character}' as character {position}", problem);
        Assert.Contains($"\"{id}\"", problem);
    }

    [TestMethod]
    [DataRow("My-DevKit", "my-devkit")]
    [DataRow("AZ", "az")]
    [DataRow("my-devkit", null)]
    [DataRow("My devkit", null)]
    [DataRow("My-devkit.", null)]
    [DataRow("My-dÉvkit", null)]
    [DataRow("", null)]
    [DataRow(null, null)]
    public void Where_upper_case_is_all_that_is_wrong_there_is_a_spelling_in_lower_case(string id, string expected) =>
        Assert.AreEqual(expected, RegistrationId.FindLowerCaseSpelling(id));

    [TestMethod]
    public void Over_64_characters_there_is_a_warning_and_no_problem()
    {
        Assert.IsNull(RegistrationId.FindWarning(new string('a', 64)));
        Assert.Contains("ub-common-name", RegistrationId.FindWarning(new string('a', 65)));
        Assert.IsNull(RegistrationId.FindProblem(new string('a', 65)));
    }
}
