namespace DevKit.Azure.Provisioning
{
    /// <summary>The topic of an answer: <c>$dps/registrations/res/{status}/?$rid={n}&amp;retry-after={s}</c>.</summary>
    public sealed class ServiceAnswer
    {
        private const string Prefix = "$dps/registrations/res/";
        private const string RequestKey = "$rid=";
        private const string RetryKey = "retry-after=";

        private ServiceAnswer()
        {
        }

        /// <summary>The HTTP status.</summary>
        public int Status { get; private set; }

        /// <summary>The request that is answered, or an empty string.</summary>
        public string RequestId { get; private set; }

        /// <summary>How many seconds to wait before asking again; 0 when the service does not say.</summary>
        public int RetryAfter { get; private set; }

        /// <summary>Reads a topic.</summary>
        /// <returns>The answer, or null when it is no answer's topic.</returns>
        public static ServiceAnswer Parse(string topic)
        {
            int end = topic.StartsWith(Prefix) ? topic.IndexOf('/', Prefix.Length) : -1;
            if (end < 0)
            {
                return null;
            }

            ServiceAnswer answer = new ServiceAnswer();
            answer.Status = ServiceText.ParseNumber(topic.Substring(Prefix.Length, end - Prefix.Length));
            answer.RequestId = "";
            string[] fields = topic.Substring(end + 1).TrimStart('?').Split('&');
            for (int i = 0; i < fields.Length; i++)
            {
                if (fields[i].StartsWith(RequestKey))
                {
                    answer.RequestId = fields[i].Substring(RequestKey.Length);
                }
                else if (fields[i].StartsWith(RetryKey))
                {
                    answer.RetryAfter = ServiceText.ParseNumber(fields[i].Substring(RetryKey.Length));
                }
            }

            return answer;
        }
    }
}
