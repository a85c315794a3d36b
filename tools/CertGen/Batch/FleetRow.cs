using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DevKit.CertGen.OneBoard;
using DevKit.CertGen.Terminals;
using DevKit.CommandLine;
using DevKit.Dice;
using DevKit.Dice.Encodings;

namespace DevKit.CertGen.Batch;

/// <summary>One board of a fleet.</summary>
internal sealed partial class FleetRow
{
    private const string DeviceIdRule = "Write 1 to 128 ASCII letters, digits and - : . + % _ # * ? ! ( ) , = @ ; $ '";

    private FleetRow(int line, string registrationId, string udsName)
    {
        Line = line;
        RegistrationId = registrationId;
        UdsName = udsName;
    }

    /// <summary>The line that the row begins on, from 1.</summary>
    public int Line { get; }

    public string RegistrationId { get; }

    /// <summary>
    /// What the file of its UDS is named for: the MAC address where the row has one, as another firmware does not change it.
    /// </summary>
    public string UdsName { get; }

    /// <summary>32 bytes, or null when they are in a file, or yet to be generated.</summary>
    public byte[]? Uds { get; private set; }

    /// <summary>Whether a UDS is generated, unless there is one.</summary>
    public bool GeneratesUds { get; private set; }

    /// <summary>Whether its ID is made of another version than the image states.</summary>
    public bool HasOtherFirmware { get; private set; }

    public string? DeviceId { get; private set; }

    public string? Hub { get; private set; }

    public JsonObject? Tags { get; private set; }

    /// <summary>Whether the cell of the UDS asks for one to be generated.</summary>
    public static bool AsksForUds(FleetCells cells) => System.Text.Ascii.EqualsIgnoreCase(cells.Uds, "generate"u8);

    /// <summary>The registration ID of a row.</summary>
    /// <exception cref="RowException">There is none, or it is malformed.</exception>
    public static string ReadRegistrationId(FleetCells cells, ImageFile image)
    {
        if (cells.Problem is { } problem)
        {
            throw new RowException(cells.Line, null, problem);
        }

        bool hasMac = cells[FleetColumn.Mac].Length > 0;
        if (cells[FleetColumn.RegistrationId].Length > 0)
        {
            return hasMac || cells[FleetColumn.Firmware].Length > 0
                ? throw new RowException(
                    cells.Line,
                    null,
                    $"registrationId and {(hasMac ? "mac" : "firmware")} exclude each other: an ID is chosen, or made of MAC address and "
                        + "firmware version. Leave one of them out.")
                : cells.Read(FleetColumn.RegistrationId, ValidateId);
        }

        if (!hasMac)
        {
            throw new RowException(cells.Line, null, "there is neither a registrationId nor a mac. Give one of them.");
        }

        byte[] mac = cells.Read(FleetColumn.Mac, ParseMac);
        string version = cells[FleetColumn.Firmware] is { Length: > 0 } given
            ? given
            : image.Version ?? throw new RowException(
                cells.Line, FleetColumn.Firmware, $"the image {image.Path} states no version. Give it here, as 1.4.1.");
        return cells.Read(FleetColumn.Firmware, _ => RegistrationName.Make(mac, version));
    }

    /// <summary>What the file of a row's UDS is named for, whose registration ID was read.</summary>
    public static string ReadUdsName(FleetCells cells, string registrationId)
        => cells[FleetColumn.Mac] is { Length: > 0 } mac ? Hex.Encode(MacAddress.Parse(mac)) : registrationId;

    /// <summary>Reads a row.</summary>
    /// <param name="cells">Its cells; what they hold of a secret is wiped.</param>
    /// <param name="image">The image, whose version counts where the row has none.</param>
    /// <param name="terminal">Who is warned.</param>
    /// <exception cref="RowException">It is refused.</exception>
    public static FleetRow Read(FleetCells cells, ImageFile image, Terminal terminal)
    {
        string registrationId = ReadRegistrationId(cells, image);
        var row = new FleetRow(cells.Line, registrationId, ReadUdsName(cells, registrationId))
        {
            DeviceId = cells.Read(FleetColumn.DeviceId, ReadDeviceId),
            Hub = cells.Read(FleetColumn.Hub, ReadHub),
            Tags = cells.Read(FleetColumn.Tags, TwinTags.Parse),
            GeneratesUds = AsksForUds(cells),
        };
        row.FindOddities(cells, image, terminal);
        if (!row.GeneratesUds && cells.Uds.Length > 0)
        {
            row.Uds = cells.Read(FleetColumn.Uds, _ => UdsInput.Parse(cells.Uds, "Give it whole, or generate."));
        }

        return row;
    }

    /// <summary>Wipes the secret.</summary>
    public void Clear() => SecretBytes.Clear(Uds);

    private static string ValidateId(string id)
    {
        if (Dice.RegistrationId.FindProblem(id) is not { } problem)
        {
            return id;
        }

        string remedy = Dice.RegistrationId.FindLowerCaseSpelling(id) is { } spelling ? $"Write {spelling}" : "Correct it.";
        throw new CommandException($"{problem} {remedy}");
    }

    private static byte[] ParseMac(string mac)
        => SpreadsheetNumber().IsMatch(mac)
            ? throw new CommandException(
                $"\"{mac}\" is a number that a spreadsheet made of a MAC address. Format the column as text first.")
            : MacAddress.Parse(mac);

    private static string? ReadDeviceId(string text)
        => text.Length == 0 ? null
            : DeviceIdForm().IsMatch(text) ? text
            : throw new CommandException($"The device ID \"{text}\" is malformed. {DeviceIdRule}");

    private static string? ReadHub(string text)
        => text.Length == 0 ? null
            : HostForm().IsMatch(text) ? text.ToLowerInvariant()
            : throw new CommandException($"The hub \"{text}\" is no host name. Write it whole, as my-hub.azure-devices.net");

    private void FindOddities(FleetCells cells, ImageFile image, Terminal terminal)
    {
        string mac = cells[FleetColumn.Mac];
        if (Dice.RegistrationId.FindWarning(RegistrationId) is { } warning)
        {
            terminal.Warn($"line {Line}: {warning}");
        }

        if (mac.Length > 0 && MacAddress.FindWarning(MacAddress.Parse(mac)) is { } oddity)
        {
            terminal.Warn($"line {Line}: the MAC address {mac} {oddity}: no board has it.");
        }

        HasOtherFirmware = mac.Length > 0
            && image.Version is { } version && RegistrationName.Make(MacAddress.Parse(mac), version) != RegistrationId;
    }

    [GeneratedRegex(@"\A[0-9][.,][0-9]+[eE][+-]?[0-9]+\z")]
    private static partial Regex SpreadsheetNumber();

    // Azure's rule for device IDs.
    [GeneratedRegex(@"\A[A-Za-z0-9\-:.+%_#*?!(),=@;$']{1,128}\z")]
    private static partial Regex DeviceIdForm();

    [GeneratedRegex(@"\A(?=.{1,253}\z)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+\z")]
    private static partial Regex HostForm();
}
