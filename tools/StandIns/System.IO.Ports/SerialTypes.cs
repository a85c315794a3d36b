namespace System.IO.Ports;

public enum Parity
{
    None,
    Odd,
    Even,
}

public enum StopBits
{
    One = 1,
    Two = 2,
    OnePointFive = 3,
}

public enum SerialData
{
    Chars = 1,
    WatchChar = 2,
}

public class SerialDataReceivedEventArgs : EventArgs
{
    internal SerialDataReceivedEventArgs(SerialData eventType) => EventType = eventType;

    public SerialData EventType { get; }
}

public delegate void SerialDataReceivedEventHandler(object sender, SerialDataReceivedEventArgs e);
