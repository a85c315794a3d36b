using System.Net.Sockets;
using System.Security.Cryptography;
using DevKit.Dps.Tests.Services;
using DevKit.Support.Servers;

namespace DevKit.Dps.Tests.Faults;

/// <summary>Rows of docs/faults.md: the network, names, TCP and TLS.</summary>
[TestClass]
[DoNotParallelize]
public sealed class NetworkFaultTests : IDisposable
{
    private readonly FaultRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [TestMethod]
    [DataRow("elsewhere", "password", "The network elsewhere is not in reach.")]
    [DataRow("home", "wrong", "The network home refuses the password.")]
    [TestCategory("N2")]
    public async Task Wifi_that_cannot_be_joined_is_tried_after_pauses_that_grow(string ssid, string password, string error)
    {
        _rig.Start(ssid: ssid, password: password);
        foreach (int most in new[] { 2, 4, 8, 16, 32, 64, 120, 120 })
        {
            await _rig.ExpectPauseAsync(error, (most / 2) + 1, most);
            await _rig.PassPauseAsync();
        }
    }

    [TestMethod]
    [TestCategory("N1")]
    public async Task A_network_without_a_name_waits_for_people()
    {
        _rig.Start(ssid: null!);
        await _rig.ExpectPauseAsync("No Wi-Fi network is set.", 300, 300);
    }

    [TestMethod]
    [TestCategory("N4")]
    public async Task A_clock_that_is_not_set_is_told()
    {
        _rig.Clock.Start = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        _rig.Start();
        await _rig.Clock.PassAsync(60_000);
        await _rig.ExpectPauseAsync("The clock could not be set by SNTP (pool.ntp.org).", 2, 2);
    }

    [TestMethod]
    [TestCategory("N5")]
    public async Task A_name_that_does_not_resolve_is_tried_again()
    {
        Func<string, int, Stream> open = _rig.Machine.OpenConnection!;
        _rig.Machine.OpenConnection = null;
        _rig.Start();
        await _rig.ExpectPauseAsync("The name dps.example can't be resolved", 2, 2);
        _rig.Machine.OpenConnection = open;
        await _rig.PassPauseAsync();
        await _rig.Dps.AssignAsync(_rig.Hub.Host, FaultRig.Id);
    }

    [TestMethod]
    [TestCategory("N6")]
    public async Task A_port_where_nobody_listens_is_tried_after_pauses_that_grow()
    {
        _rig.IsUnreachable = _ => true;
        _rig.Start();
        await _rig.ExpectPauseAsync("No connection to dps.example", 2, 2);
        await _rig.PassPauseAsync();
        await _rig.ExpectPauseAsync("No connection to dps.example", 3, 4);
    }

    [TestMethod]
    [TestCategory("N7")]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_left_after_90_seconds()
    {
        _rig.Start();
        using Socket socket = await _rig.Dps.AcceptSocketAsync();
        await _rig.Clock.WaitingAsync(90_000);
        _rig.Clock.Advance(90_000);
        await _rig.ExpectPauseAsync("dps.example takes the connection and says nothing.", 2, 2);
        await ExpectClosedAsync(socket);
    }

    [TestMethod]
    [TestCategory("N8")]
    public async Task A_server_that_never_answers_CONNECT_is_left_after_90_seconds()
    {
        _rig.Start();
        using ServiceConnection connection = await _rig.Dps.AcceptAsync();
        await _rig.Clock.WaitingAsync(90_000);
        _rig.Clock.Advance(90_000);
        await _rig.ExpectPauseAsync("dps.example takes the connection and says nothing.", 2, 2);
        await connection.ExpectEndAsync();
    }

    [TestMethod]
    [DataRow("name")]
    [DataRow("authority")]
    [DataRow("date")]
    [TestCategory("N9")]
    public async Task A_server_that_is_not_trusted_is_told_with_all_three_reasons(string what)
    {
        _rig.Dps.Certificate = what switch
        {
            "name" => ScriptedService.OfAnotherName,
            "authority" => _rig.Dps.OfAnotherAuthority,
            _ => _rig.Dps.Expired,
        };
        _rig.Start();
        await _rig.Dps.AcceptInVainAsync();
        await _rig.ExpectPauseAsync("The certificate of dps.example is refused (TLS -9984).", 2, 2);
        _rig.Machine.WaitForSent(
            "it names another host than dps.example; its CA is neither one of Azure's nor stored in the device; or the "
            + "date, here 2026-11-25T10:00:0");
    }

    [TestMethod]
    [TestCategory("N10")]
    public async Task A_handshake_that_fails_is_told_with_its_number()
    {
        _rig.Dps.Certificate = Certificates.Server(
            ScriptedService.Authority, ECDsa.Create(ECCurve.NamedCurves.nistP256), _rig.Dps.Host, DateTimeOffset.UtcNow.AddDays(1));
        _rig.Start();
        await _rig.Dps.AcceptInVainAsync();
        await _rig.ExpectPauseAsync("The TLS handshake with dps.example failed (-30592).", 2, 2);
    }

    private static async Task ExpectClosedAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(ScriptedServer.Patience);
        byte[] bytes = new byte[1024];
        try
        {
            while (await socket.ReceiveAsync(bytes, limit.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Broken off instead of ended: closed as well.
        }
    }
}
