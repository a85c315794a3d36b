using System;
using System.Text;
using DevKit.Board;
using DevKit.Dps.Azure;
using DevKit.Dps.Azure.Hub;

namespace DevKit.Dps
{
    /// <summary>What the device does at its hub: it sends telemetry, and shows the messages that come.</summary>
    public sealed class HubSession
    {
        // What is shown of a message, in bytes: the rest is not made into text, for which the heap may have no room.
        private const int LongestText = 400;

        private readonly string _hub;
        private readonly string _deviceId;
        private readonly StatusPanel _panel;
        private readonly long _startedAt = Environment.TickCount64;
        private int _sent;

        /// <summary>For a device of a hub.</summary>
        /// <param name="hub">Host name of the hub.</param>
        /// <param name="deviceId">The device's name there.</param>
        /// <param name="panel">Where it is shown.</param>
        public HubSession(string hub, string deviceId, StatusPanel panel)
        {
            _hub = hub;
            _deviceId = deviceId;
            _panel = panel;
        }

        /// <summary>Connects, and sends telemetry until the connection is lost: it does not return.</summary>
        /// <param name="credential">What the device proves itself with.</param>
        /// <param name="backoff">Started again once the connection stands.</param>
        /// <exception cref="CloudException">The hub can't be reached, refuses the device, or the connection was lost.</exception>
        public void Run(CloudCredential credential, Backoff backoff)
        {
            _panel.Log("Hub: connecting to " + _hub + " as " + _deviceId);
            _panel.Show("IoT Hub", "Connecting to", _hub, "");
            using (HubClient client = HubClient.Open(_hub, _deviceId, credential))
            {
                backoff.Reset();
                _panel.Log("Hub: connected to " + _hub + " as " + _deviceId);
                _panel.Lights.ShowAzure(true);
                _panel.Lights.ShowConnected();
                try
                {
                    while (true)
                    {
                        SendTelemetry(client);
                        ReceiveFor(client, ApplicationDefaults.TelemetrySeconds * 1000);
                    }
                }
                finally
                {
                    _panel.Lights.ShowAzure(false);
                    _panel.Lights.ShowBusy();
                }
            }
        }

        private void SendTelemetry(HubClient client)
        {
            // Again each time: a message from the hub may have taken the screen. What is unchanged costs nothing.
            _panel.Show("Connected", _deviceId, _hub, "");
            long seconds = (Environment.TickCount64 - _startedAt) / 1000;
            string body = "{\"message\":" + (++_sent).ToString() + ",\"runningSeconds\":" + seconds.ToString() + "}";
            client.SendTelemetry(body);
            _panel.Log("Hub: sent " + body);
        }

        private void ReceiveFor(HubClient client, int milliseconds)
        {
            long end = Environment.TickCount64 + milliseconds;
            for (long left = milliseconds; left > 0; left = end - Environment.TickCount64)
            {
                byte[] message = client.Receive((int)left);
                if (message != null)
                {
                    string text = ToText(message);
                    _panel.Log("Hub: received " + text);
                    _panel.Show("Message", text, "", "");
                }
            }
        }

        private static string ToText(byte[] utf8)
        {
            if (utf8.Length <= LongestText)
            {
                return Encoding.UTF8.GetString(utf8, 0, utf8.Length);
            }

            int length = LongestText;
            while (length > 0 && IsWithinCharacter(utf8[length]))
            {
                length--;
            }

            return Encoding.UTF8.GetString(utf8, 0, length) + "...";
        }

        // RFC 3629, 3: all bytes of a character but its first are 10xxxxxx.
        private static bool IsWithinCharacter(byte value)
        {
            return (value & 0xC0) == 0x80;
        }
    }
}
