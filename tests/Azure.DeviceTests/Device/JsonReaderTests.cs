using System.Text;
using DevKit.Azure.Json;
using nanoFramework.TestFramework;

namespace DevKit.Azure.DeviceTests.Device
{
    /// <summary>JSON, token by token; the PC's tests compare it with another reader.</summary>
    [TestClass]
    public class JsonReaderTests
    {
        private const string Assigned =
            "{\"operationId\":\"4.op\",\"status\":\"assigned\",\"registrationState\":{\"assignedHub\":\"h.example\",\"errorCode\":null,"
            + "\"payload\":{\"a\":[1,true,{}]},\"etag\":\"\\u0022a\\u002Bb\\/\\u0022\"}}";

        [TestMethod]
        public void Tokens_come_in_order()
        {
            Assert.AreEqual("{ N:a T:b N:c [ 1 -2 t f n ] }$", Describe("{\"a\":\"b\", \"c\" : [1,-2,true,false,null]}"));
            Assert.AreEqual("T:x$", Describe(" \"x\" "));
            Assert.AreEqual("[ ]$", Describe("[]"));
        }

        [TestMethod]
        [DataRow("")]
        [DataRow("{")]
        [DataRow("{\"a\"}")]
        [DataRow("{\"a\":1,}")]
        [DataRow("[1 2]")]
        [DataRow("[1,]")]
        [DataRow("[1}")]
        [DataRow("01")]
        [DataRow("1.")]
        [DataRow("-")]
        [DataRow("1e")]
        [DataRow("tru")]
        [DataRow("\"a")]
        [DataRow("\"\\x\"")]
        [DataRow("\"\\u12\"")]
        [DataRow("{} {}")]
        [DataRow("NaN")]
        public void What_is_no_JSON_is_invalid(string text)
        {
            string described = Describe(text);
            Assert.AreEqual('!', described[described.Length - 1]);
        }

        [TestMethod]
        public void Every_prefix_of_an_answer_is_invalid_and_the_whole_is_not()
        {
            byte[] whole = Encoding.UTF8.GetBytes(Assigned);
            Assert.IsTrue(IsJson(whole));
            for (int length = 0; length < whole.Length; length++)
            {
                byte[] prefix = new byte[length];
                System.Array.Copy(whole, 0, prefix, 0, length);
                Assert.IsFalse(IsJson(prefix));
            }
        }

        [TestMethod]
        public void Escapes_are_decoded_when_the_text_is_asked_for()
        {
            Assert.AreEqual("a\"\\/\b\f\n\r\tz", ReadText("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\""));
            Assert.AreEqual("+\u00E9\u20AC", ReadText("\"\\u002B\\u00e9\\u20AC\""));
        }

        [TestMethod]
        public void A_character_that_a_string_of_the_device_cannot_hold_is_replaced()
        {
            Assert.AreEqual("a\uFFFDb", ReadText("\"a\\u0000b\""));
            Assert.AreEqual("\uFFFD", ReadText("\"\\ud800\""));
            Assert.AreEqual("\uFFFDx", ReadText("\"\\udc00x\""));
        }

        [TestMethod]
        [DataRow("0", 0)]
        [DataRow("-17", -17)]
        [DataRow("2147483647", 2147483647)]
        [DataRow("2147483648", 2147483647)]
        [DataRow("-99999999999999999999", -2147483647)]
        [DataRow("12.9", 12)]
        [DataRow("1.25e2", 125)]
        [DataRow("125e-2", 1)]
        [DataRow("1e999999999", 2147483647)]
        [DataRow("0e999999999", 0)]
        [DataRow("1e-999999999", 0)]
        public void Numbers_saturate(string text, int value)
        {
            JsonReader json = new JsonReader(Encoding.UTF8.GetBytes(text));
            Assert.AreEqual((int)JsonToken.Number, (int)json.Read());
            Assert.AreEqual(value, json.GetInt32());
        }

        [TestMethod]
        public void Depth_is_bounded()
        {
            Assert.IsTrue(IsJson(Encoding.UTF8.GetBytes(Nest(JsonReader.MaximumDepth))));
            Assert.IsFalse(IsJson(Encoding.UTF8.GetBytes(Nest(JsonReader.MaximumDepth + 1))));
        }

        [TestMethod]
        public void A_value_is_copied_as_it_stands()
        {
            JsonReader json = new JsonReader(Encoding.UTF8.GetBytes("{\"p\": {\"a\" : [1, \"x\"]} , \"q\":null}"));
            Assert.IsTrue(json.OpenObject());
            json.Read();
            byte[] raw = json.ReadRaw();
            Assert.AreEqual("{\"a\" : [1, \"x\"]}", Encoding.UTF8.GetString(raw, 0, raw.Length));
            json.Read();
            Assert.IsNull(json.ReadRaw());
            Assert.AreEqual((int)JsonToken.EndObject, (int)json.Read());
            Assert.IsTrue(json.Close());
        }

        [TestMethod]
        public void Text_is_quoted_so_that_it_is_read_as_it_was()
        {
            string text = "a\"\\\n\u0001\u00E9";
            Assert.AreEqual(text, ReadText(JsonText.Quote(text)));
        }

        private static string Nest(int depth)
        {
            string text = "";
            for (int i = 0; i < depth; i++)
            {
                text = "[" + text + "]";
            }

            return text;
        }

        private static string ReadText(string json)
        {
            return new JsonReader(Encoding.UTF8.GetBytes(json)).ReadText();
        }

        private static bool IsJson(byte[] bytes)
        {
            JsonReader json = new JsonReader(bytes);
            while (json.Read() != JsonToken.End && json.Token != JsonToken.Invalid)
            {
            }

            return json.Token == JsonToken.End;
        }

        private static string Describe(string text)
        {
            JsonReader json = new JsonReader(Encoding.UTF8.GetBytes(text));
            string described = "";
            while (true)
            {
                switch (json.Read())
                {
                    case JsonToken.End: return described.TrimEnd(' ') + "$";
                    case JsonToken.Invalid: return described + "!";
                    case JsonToken.StartObject: described += "{"; break;
                    case JsonToken.EndObject: described += "}"; break;
                    case JsonToken.StartArray: described += "["; break;
                    case JsonToken.EndArray: described += "]"; break;
                    case JsonToken.Name: described += "N:" + json.GetText(); break;
                    case JsonToken.Text: described += "T:" + json.GetText(); break;
                    case JsonToken.Number: described += json.GetInt32().ToString(); break;
                    case JsonToken.True: described += "t"; break;
                    case JsonToken.False: described += "f"; break;
                    default: described += "n"; break;
                }

                described += " ";
            }
        }
    }
}
