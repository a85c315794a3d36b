namespace System.Device.Gpio;

public sealed class GpioController : IDisposable
{
    public GpioPin OpenPin(int pinNumber) => new(pinNumber);

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = new(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    public void Dispose()
    {
    }
}
