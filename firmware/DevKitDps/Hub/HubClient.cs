using System;
using System.Text;
using DevKit.Board;
using nanoFramework.M2Mqtt.Messages;

namespace DevKit.Dps
{
    /// <summary>Keeps a device connected to its IoT Hub and sends telemetry.</summary>
    public sealed class HubClient
    {
        private const string ApiVersion = "2021-04-12";

        private readonly string _hub;
        private readonly string _deviceId;
        private readonly StatusPanel _panel;
        private readonly long _startedAt = Environment.TickCount64;
        private int _sent;

        /// <summary>For a device of a hub.</summary>
        /// <param name="hub">Host name of the hub.</param>
        /// <param name="deviceId">The device's name there.</param>
        /// <param name="panel">Where progress is shown.</param>
        public HubClient(string hub, string deviceId, StatusPanel panel)
        {
            _hub = hub;
            _deviceId = deviceId;
            _panel = panel;
        }

        /// <summary>Connects, and sends telemetry until the connection is lost.</summary>
        /// <param name="credential">What the device proves itself with.</param>
        /// <param name="backoff">Started again once the connection stands.</param>
        /// <exception cref="CloudException">The hub can't be reached, refuses the device, or the connection was lost.</exception>
        public void Run(CloudCredential credential, Backoff backoff)
        {
            _panel.Log("Hub: connecting to " + _hub + " as " + _deviceId);
            _panel.Show("IoT Hub", "Connecting to", _hub, "");
            using (CloudConnection connection = CloudConnection.Open(_hub, _deviceId, _hub + "/" + _deviceId + "/?api-version=" + ApiVersion, credential))
            {
                connection.Subscribe("devices/" + _deviceId + "/messages/devicebound/#");
                backoff.Reset();
                _panel.Log("Hub: connected to " + _hub + " as " + _deviceId);
                _panel.Lights.ShowAzure(true);
                _panel.Lights.ShowConnected();
                try
                {
                    SendTelemetry(connection);
                }
                finally
                {
                    _panel.Lights.ShowAzure(false);
                    _panel.Lights.ShowBusy();
                }
            }

            throw new CloudException("Hub lost", "Trying again", "The connection to " + _hub + " was lost.", "It is made anew.", false);
        }

        private void SendTelemetry(CloudConnection connection)
        {
            string topic = "devices/" + _deviceId + "/messages/events/$.ct=application%2Fjson&$.ce=utf-8";
            while (connection.IsConnected)
            {
                // Again each time: a message from the hub may have taken the screen. What is unchanged costs nothing.
                _panel.Show("Connected", _deviceId, _hub, "");
                string body = "{\"message\":" + (++_sent).ToString() + ",\"runningSeconds\":" + ((Environment.TickCount64 - _startedAt) / 1000).ToString() + "}";
                connection.Publish(topic, body);
                _panel.Log("Hub: sent " + body);
                ReceiveFor(connection, ApplicationDefaults.TelemetrySeconds * 1000);
            }
        }

        private void ReceiveFor(CloudConnection connection, int milliseconds)
        {
            long end = Environment.TickCount64 + milliseconds;
            for (long left = milliseconds; left > 0 && connection.IsConnected; left = end - Environment.TickCount64)
            {
                MqttMsgPublishEventArgs message = connection.Receive(left > 1000 ? 1000 : (int)left);
                if (message != null)
                {
                    string text = Encoding.UTF8.GetString(message.Message, 0, message.Message.Length);
                    _panel.Log("Hub: received " + text);
                    _panel.Show("Message", text, "", "");
                }
            }
        }
    }
}
