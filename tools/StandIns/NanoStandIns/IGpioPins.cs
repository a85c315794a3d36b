namespace NanoStandIns;

/// <summary>The pins of the microcontroller, by nanoFramework's numbers: 16 for each port, PA0 is 0.</summary>
public interface IGpioPins
{
    /// <summary>Raised when an input changes its level: pin number, and true for high.</summary>
    event Action<int, bool> PinChanged;

    /// <summary>The level of a pin, true for high.</summary>
    bool ReadPin(int pin);

    /// <summary>Drives a pin, true for high.</summary>
    void WritePin(int pin, bool high);
}
