using System.Reflection;
using System.Text.RegularExpressions;
using DevKit.Support.Screens;

namespace DevKit.Dps.Tests.Faults;

/// <summary>Every row of the page has its tests, and every test of a fault its row.</summary>
[TestClass]
public sealed partial class FaultTableTests
{
    [TestMethod]
    public void Every_row_of_the_page_has_its_tests()
    {
        string page = File.ReadAllText(Path.Combine(ScreenPictures.Folder, "..", "faults.md"));
        string[] rows =
        [
            .. Row().Matches(page).Where(row => !row.Value.Contains("Tests)", StringComparison.Ordinal)).Select(row => row.Groups[1].Value),
        ];
        string[] tested =
        [
            .. typeof(FaultTableTests).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods())
                .SelectMany(method => method.GetCustomAttributes<TestCategoryAttribute>())
                .SelectMany(category => category.TestCategories)
                .Distinct(),
        ];
        CollectionAssert.AreEquivalent(rows, tested);
        CollectionAssert.AllItemsAreUnique(rows);
    }

    [GeneratedRegex(@"^\| ([NPH]\d+) \|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
