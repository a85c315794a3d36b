using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace DevKit.Docs.Tests;

/// <summary>Each page's commands run as they are written, in their order.</summary>
[TestClass]
public sealed partial class PageTests
{
    // A guard against what hangs, not a measure.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>The pages that have something to run.</summary>
    public static IEnumerable<object[]> Pages => Repository.Pages
        .Where(page => Page.Read(ReadText(page)).Any(step => step is Step.Run or Step.Open))
        .Select(page => new object[] { page });

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public async Task Commands_of_a_page_run_as_written(string page)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The pages' commands are for a POSIX shell.");
        }

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        limit.CancelAfter(Patience);
        using var reader = new Reader();
        foreach (Step step in Page.Read(ReadText(page)))
        {
            await reader.FollowAsync(step, limit.Token);
        }
    }

    // A command that stands elsewhere than in a block of sh would be run by nobody.
    [TestMethod]
    public void Commands_stand_in_blocks_that_say_what_they_are()
    {
        foreach (string page in Repository.Pages)
        {
            foreach (CodeBlock block in Markdown.Parse(ReadText(page)).Descendants<CodeBlock>())
            {
                if (block is not FencedCodeBlock { Info: "sh" } && Command().IsMatch(block.Lines.ToString()))
                {
                    Assert.Fail($"{page}, line {block.Line + 1}: {block.Lines}");
                }
            }
        }
    }

    [TestMethod]
    public void The_pages_that_people_follow_are_among_them()
    {
        string[] pages = [.. Pages.Select(page => (string)page[0])];

        Assert.Contains("README.md", pages);
        Assert.Contains("docs/certgen.md", pages);
    }

    [TestMethod]
    [DataRow("```sh\nfalse\n```")]
    [DataRow("```sh\ntrue | false | true\n```")]
    [DataRow("```sh fails\ntrue\n```")]
    [DataRow("```sh\necho one\n```\n\n```text shows\ntwo\n```")]
    [DataRow("```sh\nprintf 'one\\ntwo\\n'\n```\n\n```text shows\ntwo\none\n```")]
    [DataRow("```sh open=a until=\"two\"\necho one\n```")]
    [DataRow("<!-- run:\nfalse\n-->")]
    [DataRow("1. In a list.\n\n   ```sh\n   false\n   ```")]
    [DataRow("```sh\ndotnet run --project tools/CertGen -- inspect none.pem\n```")]
    public async Task Page_that_does_not_hold_fails(string markdown)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The pages' commands are for a POSIX shell.");
        }

        using var reader = new Reader();
        await Assert.ThrowsExactlyAsync<AssertFailedException>(async () =>
        {
            foreach (Step step in Page.Read(markdown))
            {
                await reader.FollowAsync(step, TestContext.CancellationToken);
            }
        });
    }

    [TestMethod]
    [DataRow("```sh fail\ntrue\n```")]
    [DataRow("```sh open=a\ntrue\n```")]
    [DataRow("```text typed\ntrue\n```")]
    [DataRow("```sh fails fails\ntrue\n```")]
    public void Fence_that_means_nothing_is_refused(string markdown) => Assert.ThrowsExactly<FormatException>(() => Page.Read(markdown));

    [TestMethod]
    public async Task Page_that_holds_passes()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("The pages' commands are for a POSIX shell.");
        }

        const string Markdown = """
            ```sh open=echo until="ready"
            printf 'ready\n# '; read -r line; printf '%s again\n# ' "$line"; sleep 60
            ```

            ```text typed=echo
            hello
            ```

            ```text shows=echo
            hello ...
            ```

            ```sh not-run="it would fail"
            false
            ```

            ```sh
            printf 'one two three\n'
            ```

            ```text shows
            one ... three
            ```
            """;
        using var reader = new Reader();
        foreach (Step step in Page.Read(Markdown))
        {
            await reader.FollowAsync(step, TestContext.CancellationToken);
        }
    }

    private static string ReadText(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    [GeneratedRegex(@"^\s*(dotnet run|dotnet test|curl|certgen(?!.*\b(FILE|MANIFEST)\b)) ", RegexOptions.Multiline)]
    private static partial Regex Command();
}
