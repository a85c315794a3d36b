using System;
using DevKit.Azure.Time;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Azure.Hub
{
    /// <summary>
    /// A device's connection to its IoT Hub: telemetry and answers go out, messages to the device, methods and its twin come in. What is
    /// sent is waited for until the hub has it; what comes meanwhile is kept, in a queue with bounds.
    /// </summary>
    public sealed class HubClient : IDisposable
    {
        private const string ApiVersion = "2021-04-12";

        private readonly CloudConnection _connection;
        private readonly string _telemetryTopic;
        private int _requestId;

        private HubClient(CloudConnection connection, string deviceId)
        {
            _connection = connection;
            _telemetryTopic = "devices/" + deviceId + "/messages/events/$.ct=application%2Fjson&$.ce=utf-8";
        }

        /// <summary>How many messages came that there was no room for.</summary>
        public int Dropped
        {
            get { return _connection.Dropped; }
        }

        /// <summary>Connects a device, and subscribes to messages, methods and the twin.</summary>
        /// <param name="hub">Host name of the hub.</param>
        /// <param name="deviceId">The device's name there.</param>
        /// <param name="credential">What the device proves itself with.</param>
        /// <param name="clock">The time.</param>
        /// <exception cref="CloudException">The hub can't be reached or refuses the device.</exception>
        public static HubClient Open(string hub, string deviceId, CloudCredential credential, IClock clock)
        {
            string userName = hub + "/" + deviceId + "/?api-version=" + ApiVersion;
            CloudConnection connection = CloudConnection.Open(CloudService.IotHub, hub, deviceId, userName, credential, clock);
            try
            {
                connection.Subscribe(new string[]
                {
                    "devices/" + deviceId + "/messages/devicebound/#",
                    "$iothub/methods/POST/#",
                    "$iothub/twin/res/#",
                    "$iothub/twin/PATCH/properties/desired/#",
                });
                return new HubClient(connection, deviceId);
            }
            catch (Exception)
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>Sends a telemetry message.</summary>
        /// <param name="json">Its content, JSON in UTF-8.</param>
        /// <param name="properties">Its properties, encoded: <c>name=value&amp;name=value</c>; null for none.</param>
        /// <exception cref="CloudException">The hub does not acknowledge it, or the connection was lost.</exception>
        public void SendTelemetry(byte[] json, string properties)
        {
            _connection.Publish(properties == null ? _telemetryTopic : _telemetryTopic + "&" + properties, json);
        }

        /// <summary>Answers a direct method.</summary>
        /// <param name="method">The method.</param>
        /// <param name="status">As in HTTP: 200 for success.</param>
        /// <param name="json">The answer's content.</param>
        /// <exception cref="CloudException">The hub does not acknowledge it, or the connection was lost.</exception>
        public void Answer(HubMessage method, int status, string json)
        {
            _connection.Publish("$iothub/methods/res/" + status.ToString() + "/?$rid=" + method.RequestId, json);
        }

        /// <summary>Asks for the twin.</summary>
        /// <returns>What the answer will have as its request ID.</returns>
        /// <exception cref="CloudException">The hub does not acknowledge it, or the connection was lost.</exception>
        public string RequestTwin()
        {
            string requestId = NextRequestId();
            _connection.Publish("$iothub/twin/GET/?$rid=" + requestId, "");
            return requestId;
        }

        /// <summary>Reports properties.</summary>
        /// <param name="json">The properties that change: a JSON object.</param>
        /// <returns>What the answer will have as its request ID.</returns>
        /// <exception cref="CloudException">The hub does not acknowledge it, or the connection was lost.</exception>
        public string Report(string json)
        {
            string requestId = NextRequestId();
            _connection.Publish("$iothub/twin/PATCH/properties/reported/?$rid=" + requestId, json);
            return requestId;
        }

        /// <summary>Waits for the next message.</summary>
        /// <param name="milliseconds">How long at the most.</param>
        /// <returns>The message, or null when none came.</returns>
        /// <exception cref="CloudException">The connection was lost.</exception>
        public HubMessage Receive(int milliseconds)
        {
            MqttMsgPublishEventArgs message = _connection.Receive(milliseconds);
            return message == null ? null : HubMessage.Parse(message.Topic, message.Message);
        }

        /// <summary>Ends the connection.</summary>
        public void Dispose()
        {
            _connection.Dispose();
        }

        private string NextRequestId()
        {
            return (++_requestId).ToString();
        }
    }
}
