using System.CommandLine;
using System.CommandLine.Parsing;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DevKit.CommandLine;
using DevKit.Sim.Board;

namespace DevKit.Sim.Commands;

/// <summary>The options that set a board up before it runs, and the settings that they are.</summary>
internal static partial class SetupOptions
{
    public const string Uds = "dps_uds";
    private const string FromInput = "-";

    public static readonly Option<bool> Join = new("--join")
    {
        Description = "set name and password of the first --wifi network, so that the board joins it",
    };

    public static readonly Option<string> UdsFile = new("--uds")
    {
        Description = "set the Unique Device Secret: 64 hex digits in a file, or on a line of the input (-)",
        HelpName = "FILE|-",
    };

    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "set what the console's set_NAME sets, such as dps_idscope=0ne00000000; NAME=- takes a line of the input; "
            + "may be given several times",
        HelpName = "NAME=VALUE",
    };

    // The console masks them; a command line is in the shell's history and in every user's list of processes.
    private static readonly string[] Secrets = ["wifipwd", "az_iothub", "az_iotdps"];

    static SetupOptions()
    {
        Set.Validators.Add(ValidateSettings);
        UdsFile.Validators.Add(ValidateUds);
    }

    /// <summary>Refuses settings for a board that has no serial port to type them into.</summary>
    public static void ValidateTogether(CommandResult result)
    {
        Option? given = ((Option[])[Join, UdsFile, Set]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        if (given != null && result.GetValue(RunOptions.Image) == RunOptions.PublishedImage)
        {
            result.AddError(
                $"{given.Name}: the published image has no serial port to set anything by; choose --nanoclr network or console.");
        }
    }

    /// <summary>Reads the settings, those of the input line by line. The caller wipes them.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="networks">The Wi-Fi networks in reach.</param>
    /// <exception cref="CommandException">A file or a line can't be read, or no value can be in it.</exception>
    public static List<BoardSetting> Read(ParseResult parsed, IReadOnlyDictionary<string, string> networks)
    {
        List<BoardSetting> settings = [];
        try
        {
            if (parsed.GetValue(Join))
            {
                (string ssid, string password) = networks.First();
                Add(settings, "wifissid", Encoding.UTF8.GetBytes(ssid), "--join");
                AddPassword(settings, password);
            }

            if (parsed.GetValue(UdsFile) is { } file)
            {
                Add(settings, Uds, ReadUds(file), $"--uds {file}");
            }

            foreach (string[] pair in (parsed.GetValue(Set) ?? []).Select(text => text.Split('=', 2)))
            {
                byte[] value = pair[1] == FromInput ? ReadLine(pair[0]) : Encoding.UTF8.GetBytes(pair[1]);
                Add(settings, pair[0], value, $"--set {pair[0]}");
            }

            return settings;
        }
        catch
        {
            Clear(settings);
            throw;
        }
    }

    /// <summary>Wipes the settings.</summary>
    public static void Clear(List<BoardSetting> settings) => settings.ForEach(setting => CryptographicOperations.ZeroMemory(setting.Value));

    /// <summary>
    /// Which secrets stand on the command line, as option and name, each with a sentence that says how to give it instead.
    /// </summary>
    /// <param name="parsed">The options.</param>
    /// <param name="networks">The Wi-Fi networks in reach.</param>
    public static IEnumerable<(string Option, string Remedy)> FindSecrets(
        ParseResult parsed, IReadOnlyDictionary<string, string> networks) =>
    [
        .. networks.Where(network => network.Value is not ("" or BoardOptions.DefaultPassword)).Select(network => (
            $"--wifi {network.Key}:...",
            "This network is virtual, and any password will do; a real network's goes into a board by --set wifipwd=-.")),
        .. (parsed.GetValue(Set) ?? []).Select(text => text.Split('=', 2))
            .Where(pair => Secrets.Contains(pair[0]) && pair[1] != FromInput)
            .Select(pair => ($"--set {pair[0]}", $"Give it by --set {pair[0]}=-.")),
    ];

    private static void AddPassword(List<BoardSetting> settings, string password)
    {
        if (password.Length > 0)
        {
            Add(settings, "wifipwd", Encoding.UTF8.GetBytes(password), "--join");
        }
        else
        {
            // An open network: without a value the console clears the password of another one.
            settings.Add(new BoardSetting("wifipwd", []));
        }
    }

    private static void Add(List<BoardSetting> settings, string name, byte[] value, string option)
    {
        settings.Add(new BoardSetting(name, value));
        if (value.Length == 0 || Array.Exists(value, b => b is < 0x20 or 0x7F))
        {
            throw new CommandException($"{option}: the value is empty, or has a control character. Give one line of text.");
        }
    }

    private static byte[] ReadUds(string file)
    {
        byte[] contents = [];
        try
        {
            contents = file == FromInput ? ReadLine(Uds) : File.ReadAllBytes(file);
            return SecretText.TrimHex(contents).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--uds {file}: {e.Message} Name a file that holds 64 hex digits.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contents);
        }
    }

    // A line of the input, asked for on a terminal, and nothing of what follows it: that is typed.
    private static byte[] ReadLine(string name)
    {
        bool isTyped = SecretLine.IsTyped(Console.In);
        if (isTyped)
        {
            Console.Error.Write($"{name} (not shown): ");
        }

        using Stream input = Console.OpenStandardInput();
        byte[]? line = isTyped ? SecretLine.Read(Console.In, Encoding.UTF8) : SecretLine.Read(input);
        if (isTyped)
        {
            Console.Error.WriteLine();
        }

        return line ?? throw new CommandException($"{name}: the input has no such line; pipe one in.");
    }

    private static void ValidateSettings(OptionResult result)
    {
        foreach (string[] pair in result.Tokens.Select(token => token.Value.Split('=', 2)))
        {
            if (pair.Length < 2 || pair[1].Length == 0 || !SettingName().IsMatch(pair[0]))
            {
                result.AddError("--set: write NAME=VALUE, with a NAME such as wifissid or dps_idscope.");
            }
            else if (pair[0] == Uds && pair[1] != FromInput)
            {
                result.AddError($"--set {Uds}: a secret that anyone may read here would be none; give it by --uds FILE, or by --uds -.");
            }
        }
    }

    // The value may be the secret itself: it is not repeated.
    private static void ValidateUds(OptionResult result)
    {
        if (result.Tokens.Select(token => token.Value).Any(value => value != FromInput && !File.Exists(value)))
        {
            result.AddError("--uds: there is no such file; name one that holds 64 hex digits, or write - for a line of the input.");
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z_]*\z")]
    private static partial Regex SettingName();
}
