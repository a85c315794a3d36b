using System;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps.Azure.Hub
{
    /// <summary>A device's connection to its IoT Hub: telemetry goes out, messages to the device come in.</summary>
    public sealed class HubClient : IDisposable
    {
        private const string ApiVersion = "2021-04-12";

        private readonly CloudConnection _connection;
        private readonly string _telemetryTopic;

        private HubClient(CloudConnection connection, string deviceId)
        {
            _connection = connection;
            _telemetryTopic = "devices/" + deviceId + "/messages/events/$.ct=application%2Fjson&$.ce=utf-8";
        }

        /// <summary>Connects a device and subscribes to the messages that are sent to it.</summary>
        /// <param name="hub">Host name of the hub.</param>
        /// <param name="deviceId">The device's name there.</param>
        /// <param name="credential">What the device proves itself with.</param>
        /// <exception cref="CloudException">The hub can't be reached or refuses the device.</exception>
        public static HubClient Open(string hub, string deviceId, CloudCredential credential)
        {
            string userName = hub + "/" + deviceId + "/?api-version=" + ApiVersion;
            CloudConnection connection = CloudConnection.Open(CloudService.IotHub, hub, deviceId, userName, credential);
            try
            {
                connection.Subscribe("devices/" + deviceId + "/messages/devicebound/#");
                return new HubClient(connection, deviceId);
            }
            catch (Exception)
            {
                connection.Dispose();
                throw;
            }
        }

        /// <summary>Sends a telemetry message and waits until the hub has it.</summary>
        /// <param name="json">Its content.</param>
        /// <exception cref="CloudException">The hub does not acknowledge it, or the connection was lost.</exception>
        public void SendTelemetry(string json)
        {
            _connection.Publish(_telemetryTopic, json);
        }

        /// <summary>Waits for the next message to the device.</summary>
        /// <param name="milliseconds">How long at the most.</param>
        /// <returns>Its content, or null when none came.</returns>
        /// <exception cref="CloudException">The connection was lost.</exception>
        public byte[] Receive(int milliseconds)
        {
            MqttMsgPublishEventArgs message = _connection.Receive(milliseconds);
            return message == null ? null : message.Message;
        }

        /// <summary>Ends the connection.</summary>
        public void Dispose()
        {
            _connection.Dispose();
        }
    }
}
