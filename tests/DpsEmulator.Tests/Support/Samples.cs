namespace DevKit.DpsEmulator.Tests.Support;

/// <summary>A device's names and topics, as constants that data rows can take.</summary>
internal static class Samples
{
    internal const string Id = "az-c89346854138v1v4v1";
    internal const string UserName = $"devkit-emulator.azure-devices.net/{Id}/?api-version=2021-04-12";

    internal const string EventsTopic = $"devices/{Id}/messages/events/";
    internal const string MessagesFilter = $"devices/{Id}/messages/devicebound/#";
    internal const string TwinAnswersFilter = "$iothub/twin/res/#";
    internal const string DesiredChangesFilter = "$iothub/twin/PATCH/properties/desired/#";
    internal const string MethodsFilter = "$iothub/methods/POST/#";
}
