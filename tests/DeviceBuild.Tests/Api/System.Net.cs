using System;
using System.Reflection;

[assembly: AssemblyVersion("1.11.60.0")]

namespace System.Net.NetworkInformation
{
    public class NetworkInterface
    {
        public static extern bool GetIsNetworkAvailable();
        protected extern NetworkInterface(int interfaceIndex);
        public static extern NetworkInterface[] GetAllNetworkInterfaces();
        public extern void EnableStaticIPv4(string ipv4Address, string ipv4SubnetMask, string ipv4GatewayAddress);
        public extern void EnableStaticIPv6(string ipv6Address, string ipv6SubnetMask, string ipv6GatewayAddress);
        public extern void EnableStaticIP(
            string ipv4Address, string ipv4subnetMask, string ipv4gatewayAddress, string ipv6Address, string ipv6SubnetMask,
            string ipv6GatewayAddress);
        public extern void EnableDhcp();
        public extern void EnableStaticIPv4Dns(string[] dnsAddresses);
        public extern void EnableStaticIPv6Dns(string[] dnsAddresses);
        public extern void ReleaseDhcpLease();
        public extern void RenewDhcpLease();
        public extern bool IsAutomaticDnsEnabled { get; }
        public extern string IPv4Address { get; }
        public extern string IPv4GatewayAddress { get; }
        public extern string IPv4SubnetMask { get; }
        public extern bool IsDhcpEnabled { get; }
        public extern string[] IPv4DnsAddresses { get; }
        public extern byte[] PhysicalAddress { get; set; }
        public extern NetworkInterfaceType NetworkInterfaceType { get; }
        public extern uint SpecificConfigId { get; set; }
    }

    public enum NetworkInterfaceType
    {
        Unknown = 1,
        Ethernet = 6,
        Wireless80211 = 71,
        WirelessAP = 72,
    }
}

namespace System.Net.Sockets
{
    public enum SocketError
    {
        Success = 0,
        SocketError = -1,
        Interrupted = 10004,
        AccessDenied = 10013,
        Fault = 10014,
        InvalidArgument = 10022,
        TooManyOpenSockets = 10024,
        WouldBlock = 10035,
        InProgress = 10036,
        AlreadyInProgress = 10037,
        NotSocket = 10038,
        DestinationAddressRequired = 10039,
        MessageSize = 10040,
        ProtocolType = 10041,
        ProtocolOption = 10042,
        ProtocolNotSupported = 10043,
        SocketNotSupported = 10044,
        OperationNotSupported = 10045,
        ProtocolFamilyNotSupported = 10046,
        AddressFamilyNotSupported = 10047,
        AddressAlreadyInUse = 10048,
        AddressNotAvailable = 10049,
        NetworkDown = 10050,
        NetworkUnreachable = 10051,
        NetworkReset = 10052,
        ConnectionAborted = 10053,
        ConnectionReset = 10054,
        NoBufferSpaceAvailable = 10055,
        IsConnected = 10056,
        NotConnected = 10057,
        Shutdown = 10058,
        TimedOut = 10060,
        ConnectionRefused = 10061,
        HostDown = 10064,
        HostUnreachable = 10065,
        ProcessLimit = 10067,
        SystemNotReady = 10091,
        VersionNotSupported = 10092,
        NotInitialized = 10093,
        Disconnecting = 10101,
        TypeNotFound = 10109,
        HostNotFound = 11001,
        TryAgain = 11002,
        NoRecovery = 11003,
        NoData = 11004,
    }

    public class SocketException : Exception
    {
        public extern SocketException(SocketError errorCode);
        public extern int ErrorCode { get; }
    }
}

namespace System.Security.Cryptography.X509Certificates
{
    public class X509Certificate
    {
        protected string _issuer;
        protected string _subject;
        protected DateTime _effectiveDate;
        protected DateTime _expirationDate;
        protected byte[] _handle;
        protected byte[] _sessionHandle;
        public extern X509Certificate();
        public extern X509Certificate(byte[] certificate);
        public extern X509Certificate(string certificate);
        public virtual extern DateTime GetEffectiveDate();
        public virtual extern DateTime GetExpirationDate();
        public virtual extern byte[] GetRawCertData();
        public virtual extern string Issuer { get; }
        public virtual extern string Subject { get; }
    }

    public class X509Certificate2 : X509Certificate
    {
        public extern X509Certificate2();
        public extern X509Certificate2(byte[] rawData);
        public extern X509Certificate2(string certificate);
        public extern X509Certificate2(string rawData, string key, string password);
        public extern X509Certificate2(byte[] rawData, string key, string password);
        public extern X509Certificate2(byte[] rawData, byte[] key, string password);
        public extern bool HasPrivateKey { get; }
        public extern byte[] PrivateKey { get; }
        public extern byte[] PublicKey { get; }
        public extern DateTime NotAfter { get; }
        public extern DateTime NotBefore { get; }
        public extern byte[] RawData { get; }
    }
}
