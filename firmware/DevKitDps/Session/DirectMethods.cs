using DevKit.Azure.Hub;
using DevKit.Azure.Json;

namespace DevKit.Dps.Session
{
    /// <summary>The methods that the cloud can call: <c>reboot</c>, <c>blink</c>, <c>identity</c>.</summary>
    public sealed class DirectMethods
    {
        private const int Success = 200;
        private const int BadRequest = 400;
        private const int NotFound = 404;
        private const int DefaultTimes = 3;
        private const int MostTimes = 20;

        private readonly DeviceInformation _information;
        private readonly Blinker _blinker;

        /// <summary>For a device.</summary>
        public DirectMethods(DeviceInformation information, Blinker blinker)
        {
            _information = information;
            _blinker = blinker;
        }

        /// <summary>Whether the cloud has asked for a restart, and has been answered.</summary>
        public bool IsRestartAsked { get; private set; }

        /// <summary>Executes a method, and answers it: what it does comes first, a restart last.</summary>
        /// <returns>The answer's status.</returns>
        /// <exception cref="Azure.CloudException">The answer did not reach the hub.</exception>
        public int Execute(HubClient client, HubMessage method)
        {
            string answer;
            int status = Execute(method, out answer);
            client.Answer(method, status, answer);
            IsRestartAsked |= status == Success && method.Name == "reboot";
            return status;
        }

        private static string Explain(string text)
        {
            return "{\"message\":" + JsonText.Quote(text) + "}";
        }

        private int Execute(HubMessage method, out string answer)
        {
            int times = DefaultTimes;
            string problem = ReadPayload(method.Body, ref times);
            if (problem != null)
            {
                answer = Explain(problem);
                return BadRequest;
            }

            switch (method.Name)
            {
                case "reboot":
                    answer = Explain("The board starts again.");
                    return Success;
                case "identity":
                    answer = _information.ToIdentityJson();
                    return Success;
                case "blink":
                    if (times < 1 || times > MostTimes)
                    {
                        answer = Explain("times is to be 1 to 20.");
                        return BadRequest;
                    }

                    _blinker.Start(times);
                    answer = "{\"times\":" + times.ToString() + "}";
                    return Success;
                default:
                    answer = Explain("There is no method " + method.Name + ". There are reboot, blink and identity.");
                    return NotFound;
            }
        }

        // Nothing, or any JSON; what blink takes of it is {"times": 3}.
        private static string ReadPayload(byte[] payload, ref int times)
        {
            if (payload.Length == 0)
            {
                return null;
            }

            JsonReader json = new JsonReader(payload);
            if (json.OpenObject())
            {
                while (json.Read() == JsonToken.Name)
                {
                    if (json.IsText("times"))
                    {
                        times = json.Read() == JsonToken.Null ? DefaultTimes : json.IsInteger ? json.GetInt32() : 0;
                        json.Skip();
                    }
                    else
                    {
                        json.SkipValue();
                    }
                }
            }

            return json.Close() ? null : "The payload is no JSON.";
        }
    }
}
