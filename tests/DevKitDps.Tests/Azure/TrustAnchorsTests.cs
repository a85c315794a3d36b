using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DevKit.Azure;

namespace DevKit.Dps.Tests.Azure;

[TestClass]
public class TrustAnchorsTests
{
    [TestMethod]
    public void The_two_roots_of_Azure_are_named()
    {
        X509Certificate2Collection roots = [];
        roots.ImportFromPem(TrustAnchors.Pem);
        string[] fingerprints = [.. roots.Select(root => root.GetCertHashString(HashAlgorithmName.SHA256))];
        CollectionAssert.AreEquivalent(
            new[]
            {
                "CB3CCBB76031E5E0138F8DD39A23F9DE47FFC35E43C1144CEA27D46A5AB1CB5F",
                "C741F70F4B2A8D88BF2E71C14122EF53EF10EBA0CFA5E64CFA20F418853073E0",
            },
            fingerprints);
    }
}
