using System.Globalization;
using DevKit.Bench;
using DevKit.Bench.Fleets;
using DevKit.Bench.Work;

if (args is ["batch", var count])
{
    await BatchBenchmark.PrintAsync(int.Parse(count, CultureInfo.InvariantCulture));
    return 0;
}

Benchmark benchmark = Benchmark.Run();

Console.WriteLine("Executed IL instructions, and bytes allocated, by operation (nanoCLR's heap layout)");
Console.WriteLine();
Console.WriteLine("| operation | IL | allocated | peak live | BouncyCastle IL | allocated | ours / theirs |");
Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
WriteRow(
    "SHA-256, per block of a long message",
    Benchmark.PerBlock(benchmark.Instructions),
    Benchmark.PerBlock(benchmark.Allocated),
    null,
    Benchmark.PerBlock(benchmark.InstructionsOfBouncyCastle),
    Benchmark.PerBlock(benchmark.AllocatedByBouncyCastle));
(Operation Operation, string Name)[] rows =
[
    (Operation.Hmac, "HMAC-SHA256, 32 bytes"),
    (Operation.Hkdf, "HKDF-SHA256, 40 bytes"),
    (Operation.Multiplication, "fixed-base multiplication, to affine"),
    (Operation.FieldInversion, "inversion modulo p"),
    (Operation.ScalarInversion, "inversion modulo n"),
    (Operation.Signature, "signature, RFC 6979"),
    (Operation.Documents, "DER: alias certificate and private key"),
    (Operation.DeviceIdCertificate, "DeviceID certificate, when asked for"),
    (Operation.DeviceIdRequest, "DeviceID request, when asked for"),
    (Operation.IdentityOf8KiB, "whole identity, 8 KiB image"),
    (Operation.IdentityOf32KiB, "whole identity, 32 KiB image"),
];
foreach ((Operation operation, string name) in rows)
{
    WriteRow(
        name,
        benchmark.Instructions(operation),
        benchmark.Allocated(operation),
        benchmark.PeakLive(operation),
        benchmark.InstructionsOfBouncyCastle(operation),
        benchmark.AllocatedByBouncyCastle(operation));
}

Console.WriteLine();
EngineSize size = benchmark.Size;
Console.WriteLine(
    $"Engine: {Number(size.Il)} bytes of IL, {Number(size.StaticData)} bytes of static data, {Number(size.StaticRam)} of statics in RAM");
Console.WriteLine();
Console.WriteLine("| bound | counted | at most | |");
Console.WriteLine("| --- | ---: | ---: | --- |");
IReadOnlyList<Bound> bounds = benchmark.Bounds();
foreach (Bound bound in bounds)
{
    Console.WriteLine($"| {bound.Name} | {Number(bound.Value)} {bound.Unit} | {Number(bound.Limit)} | {(bound.Holds ? "OK" : "over")} |");
}

return bounds.All(bound => bound.Holds) ? 0 : 1;

static void WriteRow(string name, long il, long allocated, long? peak, long otherIl, long otherAllocated)
{
    string ours = $"{Number(il)} | {Number(allocated)} | {(peak is long p ? Number(p) : "")}";
    Console.WriteLine($"| {name} | {ours} | {Number(otherIl)} | {Number(otherAllocated)} | {100.0 * il / otherIl:F1} % |");
}

static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
