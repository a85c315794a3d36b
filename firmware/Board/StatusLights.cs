using System.Device.Gpio;

namespace DevKit.Board
{
    /// <summary>
    /// The board's lights: the WiFi LED shows a joined network, the Azure LED a hub connection,
    /// the RGB LED amber while something is going on, green when connected, red when the user is needed.
    /// </summary>
    public sealed class StatusLights
    {
        private readonly GpioPin _wifi;
        private readonly GpioPin _azure;
        private readonly GpioPin _red;
        private readonly GpioPin _green;
        private readonly GpioPin _user;

        /// <summary>Takes the pins and turns every light off.</summary>
        /// <param name="gpio">The board's GPIO controller.</param>
        public StatusLights(GpioController gpio)
        {
            _wifi = OpenOff(gpio, BoardPins.WifiLed);
            _azure = OpenOff(gpio, BoardPins.AzureLed);
            _red = OpenOff(gpio, BoardPins.RgbRed);
            _green = OpenOff(gpio, BoardPins.RgbGreen);
            OpenOff(gpio, BoardPins.RgbBlue);
            _user = OpenOff(gpio, BoardPins.UserLed);
        }

        /// <summary>Shows whether a Wi-Fi network is joined.</summary>
        public void ShowWifi(bool joined)
        {
            _wifi.Write(joined);
        }

        /// <summary>Shows whether the hub is connected.</summary>
        public void ShowAzure(bool connected)
        {
            _azure.Write(connected);
        }

        /// <summary>Turns the user LED on or off: it means what the application wants.</summary>
        public void ShowUser(bool on)
        {
            _user.Write(on);
        }

        /// <summary>Amber: something is going on.</summary>
        public void ShowBusy()
        {
            ShowColour(true, true);
        }

        /// <summary>Green: connected.</summary>
        public void ShowConnected()
        {
            ShowColour(false, true);
        }

        /// <summary>Red: the user is needed.</summary>
        public void ShowError()
        {
            ShowColour(true, false);
        }

        private static GpioPin OpenOff(GpioController gpio, int number)
        {
            GpioPin pin = gpio.OpenPin(number, PinMode.Output);
            pin.Write(PinValue.Low);
            return pin;
        }

        private void ShowColour(bool red, bool green)
        {
            _red.Write(red);
            _green.Write(green);
        }
    }
}
