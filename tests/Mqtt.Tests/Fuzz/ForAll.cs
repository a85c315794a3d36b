using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Mqtt.Tests.Fuzz;

/// <summary>Properties of generated values: the same values in every run, or others by the variable <c>MQTT_FUZZ_SEED</c>.</summary>
internal static class ForAll
{
    /// <summary>
    /// Checks that an action, which asserts, holds for generated values; a failure names the smallest value that was found.
    /// </summary>
    internal static void Check<T>(Arbitrary<T> values, int count, Action<T> holds)
    {
        string? given = Environment.GetEnvironmentVariable("MQTT_FUZZ_SEED");
        ulong seed = given is null ? 311 : ulong.Parse(given, CultureInfo.InvariantCulture);
        Config config = Config.QuickThrowOnFailure
            .WithMaxTest(count)
            .WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(seed), null));
        FsCheck.Check.One(config, Prop.ForAll(values, holds));
    }
}
