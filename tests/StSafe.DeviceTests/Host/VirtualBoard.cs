using System;
using System.Collections.Generic;
using System.Device.Wifi;
using System.IO;
using DevKit.VirtualParts.I2c;
using DevKit.VirtualParts.StSafe;
using NanoStandIns;

namespace DevKit.StSafe.DeviceTests;

/// <summary>On the PC: a board that is an I2C bus with the virtual chip on it.</summary>
internal sealed class VirtualBoard : IMachine
{
    private readonly I2cBus _bus = new();

    public VirtualBoard(II2cTarget chip) => _bus.Attach(VirtualStSafe.Address, chip);

    public event Action<int, bool> PinChanged { add { } remove { } }

    public event Action<string, byte[]> SerialReceived { add { } remove { } }

    public IReadOnlyList<string> SerialPorts => throw new NotSupportedException();

    public byte[] UniqueDeviceId => throw new NotSupportedException();

    public byte[] PhysicalAddress => throw new NotSupportedException();

    public bool IsWifiJoined => throw new NotSupportedException();

    public string CaStore => throw new NotSupportedException();

    public I2cOutcome TransferI2c(int busId, int address, ReadOnlySpan<byte> write, Span<byte> read) => _bus.Transfer(address, write, read);

    public bool ReadPin(int pin) => throw new NotSupportedException();

    public void WritePin(int pin, bool high) => throw new NotSupportedException();

    public void WriteSerial(string port, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void ReadBackup(int position, Span<byte> bytes) => throw new NotSupportedException();

    public void WriteBackup(int position, ReadOnlySpan<byte> bytes) => throw new NotSupportedException();

    public void Reboot() => throw new NotSupportedException();

    public IReadOnlyList<string> ScanWifi() => throw new NotSupportedException();

    public WifiConnectionStatus JoinWifi(string ssid, string password) => throw new NotSupportedException();

    public void Resolve(string host) => throw new NotSupportedException();

    public Stream Connect(string host, int port) => throw new NotSupportedException();
}
