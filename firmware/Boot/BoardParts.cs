using System;
using System.Device.Gpio;
using System.Device.I2c;
using DevKit.Board;
using DevKit.Board.Display;
using DevKit.Boot.Settings;
using DevKit.StSafe;

namespace DevKit.Boot
{
    /// <summary>The parts of the board, opened once and kept for ever.</summary>
    public sealed class BoardParts
    {
        /// <summary>What is said of settings that the original firmware sealed with keys which are gone.</summary>
        public const string Sealed = "The board was set up through the original firmware's secure channel, whose keys are gone.";

        private readonly GpioPin _buttonA;
        private readonly long _openedAt = Environment.TickCount64;

        private BoardParts(GpioController gpio)
        {
            _buttonA = gpio.OpenPin(BoardPins.ButtonA, PinMode.InputPullUp);
        }

        /// <summary>The serial console.</summary>
        public SerialConsole Serial { get; private set; }

        /// <summary>Serial, screen and lights.</summary>
        public StatusPanel Panel { get; private set; }

        /// <summary>The secure element, or null when it does not answer.</summary>
        public StSafeA100 Chip { get; private set; }

        /// <summary>Why the secure element does not answer, or null.</summary>
        public string ChipProblem { get; private set; }

        /// <summary>The settings in the secure element, or null when it does not answer.</summary>
        public SettingsStore Store { get; private set; }

        /// <summary>
        /// Whether the secure element holds host keys, as the original firmware's secure channel leaves them; false when it can't be asked.
        /// </summary>
        public bool HasHostKeys
        {
            get
            {
                try
                {
                    return Chip != null && Chip.QueryHostKeysPresent();
                }
                catch (StSafeException)
                {
                    return false;
                }
            }
        }

        /// <summary>Whether button A is pressed.</summary>
        public bool IsButtonAPressed
        {
            get { return _buttonA.Read() == PinValue.Low; }
        }

        /// <summary>Seconds since the board was brought up.</summary>
        public long UptimeSeconds
        {
            get { return (Environment.TickCount64 - _openedAt) / 1000; }
        }

        /// <summary>Brings the board up: lights off, serial open, screen cleared, secure element found.</summary>
        public static BoardParts Open()
        {
            GpioController gpio = new GpioController();
            BoardParts parts = new BoardParts(gpio);
            parts.Serial = new SerialConsole(BoardPins.ConsolePort, BoardPins.ConsoleBaudRate);

            // The first I2cDevice of a bus sets its speed, and disposing any stops the bus for all.
            I2cDevice chip = OpenI2c(StSafeA100.DefaultI2cAddress);
            I2cDevice display = OpenI2c(BoardPins.DisplayAddress);
            parts.Panel = new StatusPanel(parts.Serial, new TextDisplay(display), new StatusLights(gpio));
            parts.FindChip(chip);
            return parts;
        }

        private static I2cDevice OpenI2c(int address)
        {
            return I2cDevice.Create(new I2cConnectionSettings(BoardPins.I2cBus, address, I2cBusSpeed.StandardMode));
        }

        private void FindChip(I2cDevice device)
        {
            try
            {
                Chip = new StSafeA100(device);
                Store = new SettingsStore(Chip);
            }
            catch (StSafeException e)
            {
                ChipProblem = e.Message;
            }
        }
    }
}
