using DevKit.Mqtt;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>Whom a connection tells what came in; on the connection's event thread unless something else is said.</summary>
internal interface IClientLinkOwner
{
    /// <summary>CONNACK came; on the receiving thread, and before <see cref="ClientLink.Open"/> returns.</summary>
    void OnOpened(ConnackPacket packet);

    void OnReceived(PublishPacket packet);

    void OnPublished(ushort packetId, bool acknowledged);

    void OnSubscribed(SubackPacket packet);

    void OnUnsubscribed(ushort packetId);

    void OnClosed();
}
