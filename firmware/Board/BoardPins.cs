namespace DevKit.Board
{
    /// <summary>
    /// The pins of the MXChip AZ3166 that the firmware uses, as nanoFramework numbers them: port (A = 0) x 16 + pin.
    /// </summary>
    public static class BoardPins
    {
        /// <summary>Button A, PA4: low while pressed.</summary>
        public const int ButtonA = 4;

        /// <summary>Button B, PA10: low while pressed.</summary>
        public const int ButtonB = 10;

        /// <summary>The LED marked WiFi, PB2.</summary>
        public const int WifiLed = 18;

        /// <summary>The LED marked Azure, PA15.</summary>
        public const int AzureLed = 15;

        /// <summary>The LED marked User, PC13.</summary>
        public const int UserLed = 45;

        /// <summary>The red part of the RGB LED, PB4.</summary>
        public const int RgbRed = 20;

        /// <summary>The green part of the RGB LED, PB3.</summary>
        public const int RgbGreen = 19;

        /// <summary>The blue part of the RGB LED, PC7.</summary>
        public const int RgbBlue = 39;

        /// <summary>The I2C bus that the secure element and the OLED share: I2C1 on PB8 and PB9.</summary>
        public const int I2cBus = 1;

        /// <summary>The OLED's 7-bit I2C address.</summary>
        public const int DisplayAddress = 0x3C;

        /// <summary>The console's serial port: USART1 on PB6 and PB7 of the edge connector.</summary>
        public const string ConsolePort = "COM1";

        /// <summary>The console's speed in baud, 8 data bits, no parity, 1 stop bit.</summary>
        public const int ConsoleBaudRate = 115200;
    }
}
