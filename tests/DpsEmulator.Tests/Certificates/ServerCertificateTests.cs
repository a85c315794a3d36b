using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DevKit.DpsEmulator.Tests.Certificates;

[TestClass]
public sealed class ServerCertificateTests
{
    [TestMethod]
    public async Task The_server_shows_an_RSA_certificate_of_its_CA_with_all_its_names()
    {
        using var folder = new TemporaryFolder();
        await using Cloud cloud = await Cloud.StartAsync(folder.FullPath);
        using X509Certificate2 server = Load(folder, "server.pem");
        using X509Certificate2 ca = Load(folder, "ca.pem");

        using RSA? key = server.GetRSAPublicKey();
        Assert.AreEqual(2048, key?.KeySize);
        foreach (string name in new[] { EmulatorOptions.GlobalEndpoint, EmulatorOptions.DefaultHubName, "localhost", "127.0.0.1", "::1" })
        {
            Assert.IsTrue(server.MatchesHostname(name), name);
        }

        Assert.IsFalse(server.MatchesHostname("example.com"));
        Assert.AreEqual(ca.Subject, server.Issuer);
        Assert.IsTrue(server.NotBefore < DateTime.Now && server.NotAfter > DateTime.Now.AddYears(1));
        Assert.IsTrue(ca.NotAfter > server.NotAfter);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.IsTrue(chain.Build(server), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    [TestMethod]
    public async Task The_server_certificate_is_kept_while_it_is_good()
    {
        using var folder = new TemporaryFolder();
        string first = await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow));
        Assert.AreEqual(first, await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(600))));
    }

    [TestMethod]
    public async Task The_server_certificate_is_renewed_before_it_expires_by_the_same_CA()
    {
        using var folder = new TemporaryFolder();
        string first = await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow));
        string ca = await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "ca.pem"));
        Assert.AreNotEqual(first, await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(700))));
        Assert.AreEqual(ca, await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "ca.pem")));
    }

    [TestMethod]
    public async Task The_server_certificate_is_renewed_for_another_hub_name()
    {
        using var folder = new TemporaryFolder();
        string first = await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow));
        Assert.AreNotEqual(first, await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow), "other.azure-devices.net"));
        using X509Certificate2 renewed = Load(folder, "server.pem");
        Assert.IsTrue(renewed.MatchesHostname("other.azure-devices.net"));
        Assert.IsFalse(renewed.MatchesHostname(EmulatorOptions.DefaultHubName));
    }

    [TestMethod]
    public async Task A_CA_near_its_end_is_replaced_with_its_server_certificate()
    {
        using var folder = new TemporaryFolder();
        string first = await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow));
        string ca = await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "ca.pem"));
        Assert.AreNotEqual(first, await StartAsync(folder, new FakeTimeProvider(DateTimeOffset.UtcNow.AddYears(18))));
        Assert.AreNotEqual(ca, await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "ca.pem")));
    }

    [TestMethod]
    public async Task Damaged_certificate_files_are_named_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        folder.File("ca.pem", "junk");
        folder.File("ca.key.pem", "junk");
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, "Delete both");
    }

    [TestMethod]
    [DataRow("-tls1_2")]
    [DataRow("-tls1_3")]
    public async Task OpenSSL_verifies_the_servers_chain_and_is_asked_for_a_certificate(string version)
    {
        string openssl = Programs.Require("openssl");
        using var folder = new TemporaryFolder();
        await using Cloud cloud = await Cloud.StartAsync();
        string ca = folder.File("ca.pem", cloud.Host.CaCertificatePem);

        string output = await Programs.RunAsync(
            openssl,
            "",
            "s_client", "-connect", cloud.Host.MqttEndPoint.ToString(), "-servername", EmulatorOptions.GlobalEndpoint,
            "-verify_return_error", "-verify_hostname", EmulatorOptions.GlobalEndpoint, "-CAfile", ca, "-no-CAfile", "-no-CApath",
            version, "-brief");

        StringAssert.Contains(output, "Verification: OK");
        StringAssert.Contains(output, $"Verified peername: {EmulatorOptions.GlobalEndpoint}");
    }

    private static async Task<string> StartAsync(
        TemporaryFolder folder, FakeTimeProvider clock, string hubName = EmulatorOptions.DefaultHubName)
    {
        await using (await Cloud.StartAsync(folder.FullPath, clock, hubNames: hubName))
        {
            return await File.ReadAllTextAsync(Path.Combine(folder.FullPath, "server.pem"));
        }
    }

    private static X509Certificate2 Load(TemporaryFolder folder, string name) =>
        X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.FullPath, name));
}
