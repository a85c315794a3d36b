using System.Text;
using DevKit.Dice;

namespace DevKit.Boot.Tests.Settings;

/// <summary>Values for settings.</summary>
internal static class SampleSettings
{
    public static byte[] Uds(char digit) => Encoding.ASCII.GetBytes(new string(digit, 64));

    /// <summary>A DPS connection string of a given length, 40 to 512 bytes.</summary>
    public static byte[] Cloud(int length, char fill)
    {
        const string Start = "DPSEndpoint=a.example;IdScope=0ne0;";
        const int LongestId = 128;
        var text = new StringBuilder(Start);
        foreach (string name in new[] { "RegistrationId=", "DeviceId=" })
        {
            int room = length - text.Length - name.Length - 1;
            if (room > 0)
            {
                text.Append(name).Append(fill, Math.Min(room, LongestId)).Append(';');
            }
        }

        // A key is base64 of any length that is a multiple of four; blank fields make up the rest.
        const string Key = "SymmetricKey=";
        int key = (length - text.Length - Key.Length) / 4 * 4;
        if (key > 0)
        {
            text.Append(Key).Append(fill, key);
        }

        text.Append(';', length - text.Length);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Text in PEM of a given length, 60 to 2639 bytes.</summary>
    public static byte[] Certificate(int length, char fill)
    {
        const string Begin = "-----BEGIN CERTIFICATE-----\n";
        const string End = "\n-----END CERTIFICATE-----\n";
        int body = length - Begin.Length - End.Length;
        return Encoding.ASCII.GetBytes(Begin + new string(fill, body / 4 * 4) + new string('\n', body % 4) + End);
    }
}
