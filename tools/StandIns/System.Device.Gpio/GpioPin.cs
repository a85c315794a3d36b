using NanoStandIns;

namespace System.Device.Gpio;

public sealed class GpioPin : IDisposable
{
    private readonly IGpioPins _pins = MachineHost.Current.Pins;
    private PinMode _mode;
    private PinValueChangedEventHandler _handlers;

    internal GpioPin(int pinNumber) => PinNumber = pinNumber;

    public event PinValueChangedEventHandler ValueChanged
    {
        add
        {
            if (_handlers == null)
            {
                _pins.PinChanged += OnPinChanged;
            }

            _handlers += value;
        }

        remove
        {
            _handlers -= value;
            if (_handlers == null)
            {
                _pins.PinChanged -= OnPinChanged;
            }
        }
    }

    public int PinNumber { get; }

    public PinMode GetPinMode() => _mode;

    public void SetPinMode(PinMode value) => _mode = value;

    public PinValue Read() => _pins.ReadPin(PinNumber);

    public void Write(PinValue value) => _pins.WritePin(PinNumber, (bool)value);

    public void Dispose() => _pins.PinChanged -= OnPinChanged;

    private void OnPinChanged(int pin, bool high)
    {
        if (pin == PinNumber)
        {
            _handlers?.Invoke(this, new PinValueChangedEventArgs(high ? PinEventTypes.Rising : PinEventTypes.Falling, pin));
        }
    }
}
