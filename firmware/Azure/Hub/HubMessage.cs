namespace DevKit.Azure.Hub
{
    /// <summary>A message from a hub, as its topic tells what it is.</summary>
    public sealed class HubMessage
    {
        private const string MethodPrefix = "$iothub/methods/POST/";
        private const string TwinPrefix = "$iothub/twin/res/";
        private const string DesiredPrefix = "$iothub/twin/PATCH/properties/desired/";
        private const string ToDevicePrefix = "devices/";
        private const string RequestKey = "$rid=";
        private const string VersionKey = "$version=";

        private HubMessage(HubMessageKind kind, byte[] body)
        {
            Kind = kind;
            Body = body;
        }

        /// <summary>What it is.</summary>
        public HubMessageKind Kind { get; }

        /// <summary>Its content.</summary>
        public byte[] Body { get; }

        /// <summary>A method's name, as it stands in the topic; otherwise null.</summary>
        public string Name { get; private set; }

        /// <summary>Which request is answered, or which answer a method waits for; otherwise null.</summary>
        public string RequestId { get; private set; }

        /// <summary>An answer's HTTP status; otherwise 0.</summary>
        public int Status { get; private set; }

        /// <summary>The version of the properties, where the topic has it; otherwise 0.</summary>
        public int Version { get; private set; }

        /// <summary>Reads a message.</summary>
        /// <param name="topic">Its topic.</param>
        /// <param name="body">Its content.</param>
        public static HubMessage Parse(string topic, byte[] body)
        {
            if (topic.StartsWith(ToDevicePrefix))
            {
                return new HubMessage(HubMessageKind.ToDevice, body);
            }

            if (topic.StartsWith(MethodPrefix))
            {
                HubMessage method = ParseRest(HubMessageKind.Method, topic, MethodPrefix, body);
                return method.Name.Length > 0 && method.RequestId != null ? method : new HubMessage(HubMessageKind.Unrecognized, body);
            }

            if (topic.StartsWith(TwinPrefix))
            {
                HubMessage answer = ParseRest(HubMessageKind.TwinAnswer, topic, TwinPrefix, body);
                answer.Status = ServiceText.ParseNumber(answer.Name);
                answer.Name = null;
                return answer;
            }

            return topic.StartsWith(DesiredPrefix)
                ? ParseRest(HubMessageKind.DesiredChange, topic, DesiredPrefix, body)
                : new HubMessage(HubMessageKind.Unrecognized, body);
        }

        // {prefix}{name}/?{key}={value}&...
        private static HubMessage ParseRest(HubMessageKind kind, string topic, string prefix, byte[] body)
        {
            HubMessage message = new HubMessage(kind, body);
            int question = topic.IndexOf('?', prefix.Length);
            int end = question < 0 ? topic.Length : question;
            message.Name = topic.Substring(prefix.Length, end - prefix.Length).TrimEnd('/');
            string[] fields = question < 0 ? new string[0] : topic.Substring(question + 1).Split('&');
            for (int i = 0; i < fields.Length; i++)
            {
                if (fields[i].StartsWith(RequestKey))
                {
                    message.RequestId = fields[i].Substring(RequestKey.Length);
                }
                else if (fields[i].StartsWith(VersionKey))
                {
                    message.Version = ServiceText.ParseNumber(fields[i].Substring(VersionKey.Length));
                }
            }

            return message;
        }
    }
}
