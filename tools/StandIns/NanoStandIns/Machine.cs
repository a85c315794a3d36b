namespace NanoStandIns;

/// <summary>
/// The board that the microcontroller is soldered on, by its parts. One that has no use for a part leaves it out: whatever then
/// asks for the part is told which one the board lacks.
/// </summary>
public sealed class Machine
{
    /// <summary>The I2C buses by their numbers, 1 for I2C1.</summary>
    public IDictionary<int, II2cBus> I2cBuses { get; } = new Dictionary<int, II2cBus>();

    /// <summary>The pins.</summary>
    /// <exception cref="InvalidOperationException">The board has none.</exception>
    public IGpioPins Pins { get => field ?? throw Missing("pins"); init; }

    /// <summary>The serial ports.</summary>
    /// <exception cref="InvalidOperationException">The board has none.</exception>
    public ISerialPorts Serial { get => field ?? throw Missing("serial ports"); init; }

    /// <summary>The network.</summary>
    /// <exception cref="InvalidOperationException">The board has none.</exception>
    public INetwork Network { get => field ?? throw Missing("network"); init; }

    /// <summary>The microcontroller's own functions.</summary>
    /// <exception cref="InvalidOperationException">The board has none.</exception>
    public ISystem System { get => field ?? throw Missing("microcontroller"); init; }

    /// <summary>An I2C bus.</summary>
    /// <param name="busId">Its number, 1 for I2C1.</param>
    /// <exception cref="InvalidOperationException">The board has no bus of that number.</exception>
    public II2cBus I2cBus(int busId) => I2cBuses.TryGetValue(busId, out II2cBus bus) ? bus : throw Missing("I2C bus " + busId);

    private static InvalidOperationException Missing(string part) =>
        new($"This board has no {part}: give the Machine that MachineHost.Current is set to one.");
}
