namespace DevKit.DpsEmulator.Hub;

/// <summary>
/// A hub's errors, as its REST names them in <c>iothub-errorcode</c> and as devices get their numbers: the first three digits are
/// the status of HTTP.
/// </summary>
internal enum HubErrorCode
{
    InvalidProtocolVersion = 400001,
    ArgumentInvalid = 400004,
    BulkRegistryOperationFailure = 400013,
    IotHubUnauthorizedAccess = 401002,
    DeviceMaximumQueueDepthExceeded = 403004,
    GenericNotFound = 404000,
    DeviceNotFound = 404001,
    IotHubNotFound = 404002,
    DeviceNotOnline = 404103,
    DeviceAlreadyExists = 409001,
    PreconditionFailed = 412001,
    DeviceMessageLockLost = 412002,
    MessageTooLarge = 413001,
    ServerError = 500001,
    GatewayTimeout = 504101,
}
