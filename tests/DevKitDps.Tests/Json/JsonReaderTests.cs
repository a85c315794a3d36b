using System.Text;
using System.Text.Json;
using DevKit.Azure.Json;
using FsCheck;
using FsCheck.Fluent;

namespace DevKit.Dps.Tests.Json;

/// <summary>The device's JSON reader beside .NET's, on real answers, damaged ones, and whatever comes.</summary>
[TestClass]
public sealed class JsonReaderTests
{
    /// <summary>Answers as the services send them.</summary>
    private static readonly string[] Answers =
    [
        """{"operationId":"5.9a3f6c0d1b2e4f58.1d7e0c3a-3c3e-4b1f-9d55-0f7f0d6f7a11","status":"assigning"}""",
        """
        {"operationId":"5.9a3f6c0d1b2e4f58.1d7e0c3a-3c3e-4b1f-9d55-0f7f0d6f7a11","status":"assigned","registrationState":
        {"registrationId":"my-devkit","createdDateTimeUtc":"2026-11-25T10:00:00.1234567Z","assignedHub":"my-hub.azure-devices.net",
        "deviceId":"my-devkit","status":"assigned","substatus":"initialAssignment","lastUpdatedDateTimeUtc":"2026-11-25T10:00:01.1234567Z",
        "etag":"IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCI+","payload":{"n":[1,-2.5e3,true,null,"\u00e9\ud83d\ude00\\"]}}}
        """,
        """{"errorCode":401002,"trackingId":"4d9f6d3a","message":"Unauthorized \"x\"","timestampUtc":"2026-11-25T10:00:00Z"}""",
        """{"desired":{"telemetryInterval":30,"$version":7},"reported":{"firmwareVersion":"1.4.1","$version":41}}""",
    ];

    [TestMethod]
    public void Real_answers_are_read_as_dotNET_reads_them()
    {
        foreach (byte[] answer in Answers.Select(Encoding.UTF8.GetBytes))
        {
            Assert.AreEqual(Describe(answer), DescribeByDotNet(answer));
            Assert.EndsWith("$", Describe(answer));
        }
    }

    [TestMethod]
    public void Every_prefix_of_a_real_answer_is_invalid()
    {
        foreach (byte[] answer in Answers.Select(Encoding.UTF8.GetBytes))
        {
            for (int length = 0; length < answer.Length; length++)
            {
                Assert.EndsWith("!", Describe(answer[..length]), $"{length} of {Encoding.UTF8.GetString(answer)}");
            }
        }
    }

    [TestMethod]
    public void Every_byte_of_a_real_answer_in_every_other_value_is_judged_as_dotNET_judges_it()
    {
        int valid = 0;
        foreach (byte[] answer in Answers.Select(Encoding.UTF8.GetBytes))
        {
            for (int at = 0; at < answer.Length; at++)
            {
                byte[] flipped = [.. answer];
                for (int value = 0; value < 256; value++)
                {
                    flipped[at] = (byte)value;
                    string described = Describe(flipped);
                    Assert.AreEqual(DescribeByDotNet(flipped), described, $"{value:X2} at {at} of {Encoding.UTF8.GetString(answer)}");
                    valid += described.EndsWith('$') ? 1 : 0;
                }
            }
        }

        Assert.IsGreaterThan(Answers.Sum(answer => answer.Length), valid, "letters of names and texts");
    }

    [TestMethod]
    public void Whatever_the_bytes_are_it_is_judged_as_dotNET_judges_it() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes => DescribeByDotNet(bytes) == Describe(bytes)));

    [TestMethod]
    public void Whatever_is_put_together_of_JSONs_signs_is_judged_as_dotNET_judges_it()
    {
        string[] pieces =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"\\u00e9\"", "\"\\ud800\"", "\\", "true", "false", "null", "0", "-", "12", ".5",
                "e3", " ",
            "\n", "{\"a\":", "[1,", "\u00e9", "\0",
        ];
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(20_000),
            Prop.ForAll(
                Gen.Elements(pieces).ListOf().Select(list => Encoding.UTF8.GetBytes(string.Concat(list))).ToArbitrary(),
                bytes => DescribeByDotNet(bytes) == Describe(bytes)));
    }

    [TestMethod]
    public void Whatever_text_is_quoted_is_read_as_it_was() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5_000),
            Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>>(),
                text =>
                {
                    // What is no UTF-16 has no bytes; a NUL is what the device's strings end at.
                    string whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)).Replace('\0', '\uFFFD');
                    return new JsonReader(Encoding.UTF8.GetBytes(JsonText.Quote(whole))).ReadText() == whole;
                }));

    [TestMethod]
    public void Length_is_bounded()
    {
        Assert.EndsWith("$", Describe([.. Enumerable.Repeat((byte)' ', JsonReader.MaximumLength - 1), (byte)'1']));
        Assert.EndsWith("!", Describe([.. Enumerable.Repeat((byte)' ', JsonReader.MaximumLength), (byte)'1']));
    }

    [TestMethod]
    public void Nothing_is_no_document()
    {
        Assert.AreEqual(JsonToken.Invalid, new JsonReader(null).Read());
        Assert.IsNull(new JsonReader(null).ReadText());
        Assert.IsNull(new JsonReader(null).ReadRaw());
        Assert.AreEqual(0, new JsonReader([]).ReadInt32());
    }

    private static string Describe(byte[] bytes)
    {
        JsonReader json = new(bytes);
        StringBuilder text = new();
        while (true)
        {
            switch (json.Read())
            {
                case JsonToken.End: return text.Append('$').ToString();
                case JsonToken.Invalid: return "!";
                case JsonToken.Name: text.Append("N:").Append(json.GetText()); break;
                case JsonToken.Text: text.Append("T:").Append(json.GetText()); break;
                case JsonToken.Number: text.Append(json.GetInt32()); break;
                default: text.Append(json.Token); break;
            }

            text.Append(' ');
        }
    }

    private static string DescribeByDotNet(byte[] bytes)
    {
        Utf8JsonReader json = new(bytes, new JsonReaderOptions { MaxDepth = JsonReader.MaximumDepth });
        StringBuilder text = new();
        try
        {
            while (json.Read())
            {
                text.Append(DescribeByDotNet(json)).Append(' ');
            }
        }
        catch (JsonException)
        {
            return "!";
        }

        return text.Append('$').ToString();
    }

    private static string DescribeByDotNet(Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.PropertyName => "N:" + GetText(json),
        JsonTokenType.String => "T:" + GetText(json),
        JsonTokenType.Number => $"{(int)Math.Clamp(Math.Truncate(json.GetDouble()), -int.MaxValue, int.MaxValue)}",
        JsonTokenType type => $"{type}",
    };

    /// <summary>
    /// What is no UTF-8 .NET refuses only when the text is asked for, and half a surrogate pair too, which the device replaces; so is NUL.
    /// </summary>
    private static string GetText(Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!.Replace('\0', '\uFFFD');
        }
        catch (InvalidOperationException)
        {
            return new JsonReader([(byte)'"', .. json.ValueSpan, (byte)'"']).ReadText() ?? throw new JsonException("no UTF-8");
        }
    }
}
