using System.Security.Cryptography;
using DevKit.DpsEmulator.Host;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Storage;

/// <summary>Files of the data folder that something happened to.</summary>
[TestClass]
public sealed class DamagedFolderTests
{
    [TestMethod]
    [DataRow("0neabcdef01")]
    [DataRow("hello")]
    [DataRow("0ne0012A4F7\n0ne0012A4F7")]
    public async Task An_ID_scope_that_is_none_is_named_with_its_file(string text)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("id-scope", text);
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, path);
        StringAssert.Contains(error.Message, "holds no ID scope");
        Assert.AreEqual(text, await File.ReadAllTextAsync(path));
    }

    [TestMethod]
    public async Task Random_bytes_in_the_body_of_the_database_are_noticed()
    {
        using var folder = new TemporaryFolder();
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath))
        {
            for (int i = 0; i < 200; i++)
            {
                await before.EnrollKeyAsync($"device-{i}");
            }
        }

        string path = Path.Combine(folder.FullPath, "emulator.db");
        byte[] bytes = await File.ReadAllBytesAsync(path);
        int length = Math.Min(20_000, bytes.Length / 2);
        RandomNumberGenerator.Fill(bytes.AsSpan(bytes.Length - length, length));
        await File.WriteAllBytesAsync(path, bytes);

        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));

        StringAssert.Contains(error.Message, path);
        StringAssert.Contains(error.Message, "Move the file away");
        CollectionAssert.AreEqual(bytes, await File.ReadAllBytesAsync(path));
    }

    [TestMethod]
    [DataRow("server.pem")]
    [DataRow("server.key.pem")]
    public async Task A_damaged_server_certificate_is_made_anew_and_the_CA_is_not_touched(string file)
    {
        using var folder = new TemporaryFolder();
        string ca;
        await using (Cloud before = await Cloud.StartAsync(folder.FullPath))
        {
            ca = before.Host.CaCertificatePem;
        }

        folder.File(file, "damaged");
        await using Cloud after = await Cloud.StartAsync(folder.FullPath);
        Assert.AreEqual(ca, after.Host.CaCertificatePem);
        using DeviceCertificate certificate = DeviceCertificate.Create("my-devkit");
        await after.ProvisionAsync(certificate, "my-devkit");
    }

    [TestMethod]
    [DataRow("ca.pem")]
    [DataRow("ca.key.pem")]
    [DataRow("device-ca.pem")]
    [DataRow("provisioningserviceowner.key")]
    public async Task What_others_rely_on_is_named_and_left_alone(string file)
    {
        using var folder = new TemporaryFolder();
        await using (await Cloud.StartAsync(folder.FullPath))
        {
        }

        string path = folder.File(file, "damaged");
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, file);
        StringAssert.Contains(error.Message, "Delete");
        Assert.AreEqual("damaged", await File.ReadAllTextAsync(path));
    }

    [TestMethod]
    [DataRow("ca.pem")]
    [DataRow("emulator.db")]
    [DataRow("id-scope")]
    public async Task A_folder_in_place_of_a_file_is_called_that(string file)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.FullPath, file);
        Directory.CreateDirectory(path);
        EmulatorException error = await Assert.ThrowsExactlyAsync<EmulatorException>(() => Cloud.StartAsync(folder.FullPath));
        StringAssert.Contains(error.Message, $"{path} is a folder");
    }
}
