using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Hub;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>The hubs' stores in a data folder, without an emulator around them.</summary>
internal sealed class HubStores : IDisposable
{
    private readonly DataFolder _folder;
    private readonly Database _database;

    internal HubStores(string folder, TimeProvider? clock = null)
    {
        _folder = DataFolder.Open(folder);
        _database = Database.Open(_folder);
        Devices = new DeviceStore(_database, new DeviceConnections(Changes), Changes);
        Twins = new TwinStore(_database, Changes, clock ?? TimeProvider.System);
        Telemetry = new TelemetryStore(_database, Changes, clock ?? TimeProvider.System);
        Feedback = new FeedbackStore(_database, clock ?? TimeProvider.System);
        Messages = new CloudMessageStore(_database, Feedback, new ChangeFeed(), clock ?? TimeProvider.System);
    }

    internal ChangeFeed Changes { get; } = new();

    internal DeviceStore Devices { get; }

    internal TwinStore Twins { get; }

    internal TelemetryStore Telemetry { get; }

    internal FeedbackStore Feedback { get; }

    internal CloudMessageStore Messages { get; }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }
}
