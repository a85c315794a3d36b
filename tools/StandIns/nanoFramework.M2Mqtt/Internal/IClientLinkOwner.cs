using DevKit.Mqtt;

namespace nanoFramework.M2Mqtt.Internal;

/// <summary>Whom a connection tells what came in; always on the connection's event thread.</summary>
internal interface IClientLinkOwner
{
    void OnReceived(PublishPacket packet);

    void OnPublished(ushort packetId, bool acknowledged);

    void OnSubscribed(SubackPacket packet);

    void OnUnsubscribed(ushort packetId);

    void OnClosed();
}
