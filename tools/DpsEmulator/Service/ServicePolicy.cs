using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Storage;

namespace DevKit.DpsEmulator.Service;

/// <summary>A shared access policy: a name and its key, by which a back end uses a service's REST.</summary>
/// <param name="Name">The policy's name, which a SAS token gives as <c>skn</c>.</param>
/// <param name="Key">The key.</param>
internal sealed record ServicePolicy(string Name, SymmetricKey Key)
{
    /// <summary>The policy of DPS that allows everything.</summary>
    internal const string Provisioning = "provisioningserviceowner";

    /// <summary>The policy of a hub that allows everything.</summary>
    internal const string Hub = "iothubowner";

    /// <summary>The folder's policy of this name: its key is made once, then kept in a file of its own.</summary>
    /// <exception cref="DataFolderException">The file holds no key.</exception>
    internal static ServicePolicy Open(DataFolder folder, string name)
    {
        string file = name + ".key";
        if (folder.Read(file) is not { } kept)
        {
            var made = SymmetricKey.Generate();
            folder.Write(file, made.ToBase64() + "\n");
            return new ServicePolicy(name, made);
        }

        try
        {
            return new ServicePolicy(name, SymmetricKey.Parse(kept.Trim(), file));
        }
        catch (FormatException error)
        {
            throw new DataFolderException(
                $"{Path.Combine(folder.FullPath, file)}: {error.Message} Delete it, and the emulator makes another; "
                + "connection strings change with it.",
                error);
        }
    }

    /// <summary>What a service SDK or tool takes.</summary>
    internal string GetConnectionString(string host) => $"HostName={host};SharedAccessKeyName={Name};SharedAccessKey={Key.ToBase64()}";
}
