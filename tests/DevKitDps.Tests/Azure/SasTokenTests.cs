using System.Net;
using System.Security.Cryptography;
using System.Text;
using DevKit.Azure;

namespace DevKit.Dps.Tests.Azure;

[TestClass]
public class SasTokenTests
{
    [TestMethod]
    public void The_signature_covers_the_encoded_resource_and_the_expiry()
    {
        byte[] key = "a shared key"u8.ToArray();
        string token = SasToken.Make("0ne0012A4F7/registrations/my-devkit", "registration", key, 1800000000);
        string signed = "0ne0012A4F7%2Fregistrations%2Fmy-devkit\n1800000000";
        string signature = WebUtility.UrlEncode(Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed))));
        Assert.AreEqual(
            $"SharedAccessSignature sr=0ne0012A4F7%2Fregistrations%2Fmy-devkit&sig={signature}&skn=registration&se=1800000000", token);
    }

    [TestMethod]
    public void A_hub_token_has_no_policy_name()
    {
        Assert.DoesNotContain("skn", SasToken.Make("h.azure-devices.net/devices/d", null, [1], 1800000000));
    }

    [TestMethod]
    [DataRow("a b/c+d=e", "a%20b%2Fc%2Bd%3De")]
    [DataRow("AZaz09-_.~", "AZaz09-_.~")]
    [DataRow("é", "%C3%A9")]
    public void All_but_unreserved_characters_are_percent_encoded(string text, string encoded)
    {
        Assert.AreEqual(encoded, UrlText.Encode(text));
    }
}
