using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DevKit.DpsEmulator.Host;

/// <summary>Addresses and ports as options, and what stands in their way.</summary>
internal static class Endpoints
{
    /// <summary>Reads <c>ADDRESS:PORT</c>; <c>localhost</c> is 127.0.0.1, an IPv6 address stands in brackets.</summary>
    internal static bool TryParse(string text, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        string host = text[..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        IPAddress? address = null;
        bool known = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(bracketed ? host[1..^1] : host, out address)
                && bracketed == (address.AddressFamily == AddressFamily.InterNetworkV6));
        endpoint = new IPEndPoint(address ?? IPAddress.Loopback, port);
        return known;
    }

    /// <summary>The names and addresses that a server has which listens at these addresses, loopback always among them.</summary>
    internal static IReadOnlyList<string> GetServerNames(IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> hostNames)
    {
        var names = new List<string>([EmulatorOptions.GlobalEndpoint, .. hostNames, "localhost", "127.0.0.1", "::1"]);
        if (addresses.Any(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)))
        {
            names.Add(Dns.GetHostName());
            names.AddRange(NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)
                .Where(own => own.AddressFamily == AddressFamily.InterNetwork || (own.ScopeId == 0 && !own.IsIPv6LinkLocal))
                .Select(own => own.ToString()));
        }

        names.AddRange(addresses
            .Where(address => !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
            .Select(address => address.ToString()));
        return names.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>Why nobody can listen there, or null when somebody can.</summary>
    internal static string? FindProblem(IPEndPoint endpoint, string option)
    {
        try
        {
            using var probe = new TcpListener(endpoint);
            probe.ExclusiveAddressUse = !OperatingSystem.IsLinux();
            probe.Start();
            return null;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"Port {endpoint.Port} of {endpoint.Address} is busy: "
                    + $"end the program that uses it, or choose another with {option} ADDRESS:PORT.",
                SocketError.AccessDenied =>
                    $"Port {endpoint.Port} of {endpoint.Address} is not allowed for this user: "
                    + $"choose one above 1023 with {option} ADDRESS:PORT.",
                SocketError.AddressNotAvailable =>
                    $"{endpoint.Address} is no address of this machine: choose another with {option} ADDRESS:PORT.",
                _ => $"{option} {endpoint}: {error.Message}",
            };
        }
    }
}
