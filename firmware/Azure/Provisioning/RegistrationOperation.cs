using System.Collections;
using DevKit.Azure.Json;

namespace DevKit.Azure.Provisioning
{
    /// <summary>
    /// The service's answer to a registration or to the question how far it is, as its JSON has it. A member that is null, missing, or
    /// of another kind than it should be is not there.
    /// </summary>
    public sealed class RegistrationOperation
    {
        private const int LongestChain = 8;

        private RegistrationOperation()
        {
        }

        /// <summary>Identifies the operation while it runs, or null.</summary>
        public string OperationId { get; private set; }

        /// <summary>unassigned, assigning, assigned, failed or disabled; or null.</summary>
        public string Status { get; private set; }

        /// <summary>The outcome, or null.</summary>
        public RegistrationState State { get; private set; }

        /// <summary>Six digits, of which the first three are the HTTP status; 0 when there is none.</summary>
        public int ErrorCode { get; private set; }

        /// <summary>What is wrong, in the service's words, or null.</summary>
        public string Message { get; private set; }

        /// <summary>Reads an answer.</summary>
        /// <param name="body">JSON in UTF-8.</param>
        /// <returns>The answer, or null when it is no JSON object.</returns>
        public static RegistrationOperation Parse(byte[] body)
        {
            RegistrationOperation operation = new RegistrationOperation();
            JsonReader json = new JsonReader(body);
            if (!json.OpenObject())
            {
                return null;
            }

            while (json.Read() == JsonToken.Name)
            {
                operation.ReadMember(json);
            }

            return json.Close() ? operation : null;
        }

        private void ReadMember(JsonReader json)
        {
            if (json.IsText("operationId"))
            {
                OperationId = json.ReadText();
            }
            else if (json.IsText("status"))
            {
                Status = json.ReadText();
            }
            else if (json.IsText("errorCode"))
            {
                ErrorCode = json.ReadInt32();
            }
            else if (json.IsText("message"))
            {
                Message = json.ReadText();
            }
            else if (json.IsText("registrationState"))
            {
                State = ReadState(json);
            }
            else
            {
                json.SkipValue();
            }
        }

        private static RegistrationState ReadState(JsonReader json)
        {
            if (!json.OpenObject())
            {
                return null;
            }

            RegistrationState state = new RegistrationState();
            while (json.Read() == JsonToken.Name)
            {
                ReadStateMember(json, state);
            }

            return state;
        }

        private static void ReadStateMember(JsonReader json, RegistrationState state)
        {
            if (json.IsText("assignedHub"))
            {
                state.AssignedHub = json.ReadText();
            }
            else if (json.IsText("deviceId"))
            {
                state.DeviceId = json.ReadText();
            }
            else if (json.IsText("substatus"))
            {
                state.Substatus = json.ReadText();
            }
            else if (json.IsText("errorCode"))
            {
                state.ErrorCode = json.ReadInt32();
            }
            else if (json.IsText("errorMessage"))
            {
                state.ErrorMessage = json.ReadText();
            }
            else if (json.IsText("payload"))
            {
                state.Payload = json.ReadRaw();
            }
            else if (json.IsText("issuedCertificateChain"))
            {
                state.IssuedCertificateChain = ReadChain(json);
            }
            else
            {
                json.SkipValue();
            }
        }

        // What is no string, or too many of them, makes a chain that nobody takes for one.
        private static string[] ReadChain(JsonReader json)
        {
            if (!json.OpenArray())
            {
                return null;
            }

            ArrayList chain = new ArrayList();
            while (json.Read() != JsonToken.EndArray && json.Token != JsonToken.Invalid)
            {
                bool isText = json.Token == JsonToken.Text;
                if (chain.Count <= LongestChain)
                {
                    chain.Add(isText ? json.GetText() : "");
                }

                json.Skip();
            }

            string[] texts = new string[chain.Count];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = (string)chain[i];
            }

            return texts;
        }
    }
}
