using System.Diagnostics;
using System.Globalization;
using DevKit.CommandLine;
using DevKit.Fleet.Devices;
using DevKit.Fleet.Servers;
using Spectre.Console;

namespace DevKit.Fleet;

/// <summary>
/// The emulator beside Mosquitto: connections a second, each with a whole TLS handshake with client certificate, CONNECT and CONNACK. Both
/// show the same server certificate to the same client, turn and turn about.
/// </summary>
internal static class HandshakeComparison
{
    private const int Rounds = 5;
    private const int Connections = 300;

    /// <exception cref="CommandException">Mosquitto is not there, or one of the two refuses a client.</exception>
    internal static async Task RunAsync(LocalEmulator emulator, int parallel, IAnsiConsole console, CancellationToken cancellation)
    {
        using DeviceIdentity device = DeviceIdentity.Create("handshake", 1, out string authority);
        await using Mosquitto mosquitto = await Mosquitto.StartAsync(
            emulator.CertificateFile, emulator.KeyFile, authority, cancellation);
        var client = new Client(emulator, device, parallel);
        var ours = new List<double>();
        var theirs = new List<double>();

        // The first round of each is not counted: it makes both warm.
        for (int round = 0; round <= Rounds; round++)
        {
            double first = await client.MeasureAsync(emulator.Port, cancellation);
            double second = await client.MeasureAsync(mosquitto.Port, cancellation);
            if (round > 0)
            {
                ours.Add(first);
                theirs.Add(second);
            }
        }

        (double own, double other) = (Median(ours), Median(theirs));
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"TLS handshakes with CONNECT a second: the emulator {own:0}, Mosquitto {other:0}, ratio {own / other:0.00}"));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed class Client(LocalEmulator emulator, DeviceIdentity device, int parallel)
    {
        private readonly string _userName = $"{emulator.IdScope}/registrations/{device.RegistrationId}/api-version=2019-03-31";

        internal async Task<double> MeasureAsync(int port, CancellationToken cancellation)
        {
            long start = Stopwatch.GetTimestamp();
            var together = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellation };
            try
            {
                await Parallel.ForAsync(0, Connections, together, async (_, token) => await ConnectAsync(port, token));
            }
            catch (Exception error) when (error is DeviceFailureException or IOException)
            {
                throw new CommandException($"--compare-mosquitto: port {port} refuses a client: {error.Message}");
            }

            return Connections / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        private async Task ConnectAsync(int port, CancellationToken cancellation)
        {
            await using MqttLink link = await MqttLink.OpenAsync(
                emulator.Host, port, VirtualDevice.GlobalEndpoint, emulator.Trust, device.Context, cancellation);
            await link.ConnectAsync(device.RegistrationId, _userName, cancellation);
            await link.DisconnectAsync(cancellation);
        }
    }
}
