using System.Net;
using System.Security.Cryptography;
using DevKit.DpsEmulator.Certificates;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Service;
using DevKit.DpsEmulator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Http;

/// <summary>What devices and back ends need to know of this emulator.</summary>
internal sealed class InfoApi(
    ServiceAddresses addresses, DataFolder folder, CertificateAuthority authority, IssuingAuthority issuer, EventLog log)
{
    private const string PemType = "application/x-pem-file";

    /// <summary>Maps the requests.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="version">The emulator's version.</param>
    /// <param name="mqtt">Where MQTT is listened for, once it is.</param>
    /// <param name="https">Where the services' REST is, once it is.</param>
    internal void Map(IEndpointRouteBuilder routes, string version, Func<IPEndPoint> mqtt, Func<IPEndPoint> https)
    {
        routes.MapGet("/api/info", () => Results.Ok(Describe(version, mqtt(), https())));
        routes.MapGet("/api/connection-strings", ShowConnectionStrings);
        routes.MapGet("/ca.pem", () => Results.Text(authority.Certificate.ExportCertificatePem() + "\n", PemType));
        routes.MapGet("/device-ca.pem", () => Results.Text(issuer.Certificate.ExportCertificatePem() + "\n", PemType));
    }

    private InfoView Describe(string version, IPEndPoint mqtt, IPEndPoint https) => new(
        version,
        addresses.IdScope,
        DpsService.GlobalEndpoint,
        addresses.ProvisioningHost,
        addresses.Hubs.All,
        GetClientAddress(mqtt),
        GetClientAddress(https),
        Path.Combine(folder.FullPath, CertificateAuthority.CertificateFile),
        authority.Certificate.GetCertHashString(HashAlgorithmName.SHA256),
        issuer.Certificate.GetCertHashString(HashAlgorithmName.SHA256),
        EnrollmentDocument.CredentialPolicy);

    /// <summary>The secrets of the policies, for who asks for them; the log says that somebody did.</summary>
    private IResult ShowConnectionStrings()
    {
        log.Write("Showed the connection strings of the policies");
        return Results.Ok(new ConnectionStringsView(
            addresses.ProvisioningPolicy.GetConnectionString(addresses.ProvisioningHost),
            [.. addresses.Hubs.All.Select(hub => new HubConnectionString(hub, addresses.HubPolicy.GetConnectionString(hub)))]));
    }

    /// <summary>Where a program of this machine reaches a listener.</summary>
    private static string GetClientAddress(IPEndPoint listener)
    {
        IPAddress address = listener.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : listener.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : listener.Address;
        return new IPEndPoint(address, listener.Port).ToString();
    }
}
