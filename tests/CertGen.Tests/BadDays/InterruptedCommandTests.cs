using System.CommandLine;
using DevKit.CommandLine;

namespace DevKit.CertGen.Tests.BadDays;

[TestClass]
public sealed class InterruptedCommandTests
{
    // System.CommandLine's own two seconds end a busy machine's command without a word.
    [TestMethod]
    public async Task Command_that_is_interrupted_has_time_to_finish_and_to_say_so()
    {
        TimeSpan? time = null;
        var root = new RootCommand();
        root.SetAction((parsed, _) =>
        {
            time = parsed.InvocationConfiguration.ProcessTerminationTimeout;
            return Task.CompletedTask;
        });

        Assert.AreEqual(0, await CommandRunner.RunAsync(root, [], TextWriter.Null, TextWriter.Null));

        Assert.IsTrue(time >= TimeSpan.FromSeconds(20), $"{time}");
    }
}
