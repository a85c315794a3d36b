using System.Security.Cryptography.X509Certificates;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Tests.Support;

namespace DevKit.DpsEmulator.Tests.Attestations;

/// <summary>Chains that lead to an enrolled CA, and chains that only look so.</summary>
[TestClass]
public sealed class CertificateChainTests
{
    private const string Id = "my-devkit";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TestAuthority Root = TestAuthority.Create("Root");
    private static readonly TestAuthority Intermediate = TestAuthority.Create("Intermediate", Root);
    private static readonly TestAuthority Lowest = TestAuthority.Create("Lowest", Intermediate);

    [TestMethod]
    public void A_chain_is_verified_up_to_the_CA_that_is_named_whichever_it_is()
    {
        using X509Certificate2 leaf = Lowest.Issue(Id);

        Assert.IsNull(Verify(leaf, [Lowest, Intermediate], Root));
        Assert.IsNull(Verify(leaf, [Root, Intermediate, Lowest], Root), "in any order, the root among them");
        Assert.IsNull(Verify(leaf, [Lowest], Intermediate));
        Assert.IsNull(Verify(leaf, [Lowest, Intermediate, Root], Intermediate), "what is above the named one is not needed");
        Assert.IsNull(Verify(leaf, [], Lowest));
        Assert.IsNull(Verify(leaf, [Lowest], Lowest));
    }

    [TestMethod]
    public void A_chain_with_a_gap_says_where_it_ends()
    {
        using X509Certificate2 leaf = Lowest.Issue(Id);

        StringAssert.Contains(Verify(leaf, [], Root), "leads to 'CN=Lowest'");
        StringAssert.Contains(Verify(leaf, [Intermediate], Root), "leads to 'CN=Lowest'");
        StringAssert.Contains(Verify(leaf, [Lowest], Root), "leads to 'CN=Intermediate'");
    }

    [TestMethod]
    public void Another_CA_of_the_same_name_vouches_for_nobody()
    {
        using var falseRoot = TestAuthority.Create("Root");
        using var falseIntermediate = TestAuthority.Create("Intermediate", falseRoot);
        using X509Certificate2 byRoot = falseRoot.Issue(Id);
        using X509Certificate2 byIntermediate = falseIntermediate.Issue(Id);

        Assert.IsNotNull(Verify(byRoot, [], Root));
        Assert.IsNotNull(Verify(byRoot, [falseRoot], Root));
        Assert.IsNotNull(Verify(byRoot, [falseRoot, Root], Root));
        Assert.IsNotNull(Verify(byIntermediate, [falseIntermediate, falseRoot], Root));
        Assert.IsNotNull(Verify(byIntermediate, [falseIntermediate, Root], Root));
        Assert.IsNotNull(Verify(byIntermediate, [Intermediate], Root), "a true CA whose name is borrowed");
        Assert.IsNotNull(Verify(byIntermediate, [], Intermediate));
        Assert.IsNotNull(Verify(byIntermediate, [Intermediate], Intermediate));
    }

    [TestMethod]
    public void A_chain_that_is_not_of_its_time_is_refused()
    {
        using X509Certificate2 expired = Root.Issue(Id, new Certified { NotAfter = Now.AddDays(-1) });
        using X509Certificate2 early = Root.Issue(Id, new Certified { NotBefore = Now.AddDays(1) });
        using var old = TestAuthority.Create("Old", Root, new Certified { IsAuthority = true, NotAfter = Now.AddDays(-1) });
        using X509Certificate2 byOld = old.Issue(Id);

        StringAssert.Contains(Verify(expired, [], Root), "NotTimeValid");
        StringAssert.Contains(Verify(early, [], Root), "NotTimeValid");
        StringAssert.Contains(Verify(byOld, [old], Root), "NotTimeValid");
        StringAssert.Contains(Verify(byOld, [], old), "expired");
    }

    [TestMethod]
    public void Who_may_not_sign_certificates_vouches_for_nobody()
    {
        using var device = TestAuthority.Create("Device", Root, new Certified());
        using var wrongUsage = TestAuthority.Create(
            "Wrong usage", Root, new Certified { IsAuthority = true, KeyUsage = X509KeyUsageFlags.DigitalSignature });
        using var last = TestAuthority.Create("Last", Root, new Certified { IsAuthority = true, PathLength = 0 });
        using var below = TestAuthority.Create("Below", last);
        using X509Certificate2 byDevice = device.Issue(Id);
        using X509Certificate2 byWrongUsage = wrongUsage.Issue(Id);
        using X509Certificate2 byLast = last.Issue(Id);
        using X509Certificate2 byBelow = below.Issue(Id);

        StringAssert.Contains(Verify(byDevice, [device], Root), "InvalidBasicConstraints");
        StringAssert.Contains(Verify(byWrongUsage, [wrongUsage], Root), "InvalidBasicConstraints", "as OpenSSL calls it");
        Assert.IsNull(Verify(byLast, [last], Root));
        StringAssert.Contains(Verify(byBelow, [below, last], Root), "InvalidBasicConstraints");
        StringAssert.Contains(Verify(byBelow, [below], last), "InvalidBasicConstraints");
    }

    [TestMethod]
    public void A_certificate_for_servers_is_none_of_a_device()
    {
        using X509Certificate2 server = Root.Issue(Id, new Certified { ExtendedKeyUsage = ServerAuthentication });
        using X509Certificate2 client = Root.Issue(Id, new Certified { ExtendedKeyUsage = ClientAuthentication });

        StringAssert.Contains(Verify(server, [], Root), "NotValidForUsage");
        Assert.IsNull(Verify(client, [], Root));
    }

    [TestMethod]
    public void The_one_common_name_has_to_be_the_registration_ID_in_any_case()
    {
        using X509Certificate2 upper = Root.Issue("My-DevKit");
        using X509Certificate2 other = Root.Issue("other");
        using X509Certificate2 two = Root.Issue(TestAuthority.Subject(Id, Id));
        using X509Certificate2 withNul = Root.Issue(TestAuthority.Subject(Id + "\0.example"));
        using X509Certificate2 endsInNul = Root.Issue(TestAuthority.Subject(Id + "\0"));
        using X509Certificate2 nobody = Root.Issue(TestAuthority.Subject());

        Assert.IsNull(Verify(upper, [], Root));
        Assert.IsNotNull(CertificateChain.FindProblem(Sent(upper, []), Id, StringComparison.Ordinal, [Root.Der], Now));
        StringAssert.Contains(Verify(other, [], Root), "'other'");
        Assert.IsNotNull(Verify(two, [], Root));
        Assert.IsNotNull(Verify(withNul, [], Root));
        Assert.IsNotNull(Verify(endsInNul, [], Root));
        Assert.IsNotNull(Verify(nobody, [], Root));
    }

    [TestMethod]
    public void One_of_two_CAs_is_enough_and_what_cannot_be_read_is_no_chain()
    {
        using var second = TestAuthority.Create("Second");
        using X509Certificate2 leaf = second.Issue(Id);

        Assert.IsNull(CertificateChain.FindProblem(Sent(leaf, []), Id, StringComparison.OrdinalIgnoreCase, [Root.Der, second.Der], Now));
        Assert.IsNotNull(CertificateChain.FindProblem(Sent(leaf, []), Id, StringComparison.OrdinalIgnoreCase, [], Now));
        var garbage = new ClientCertificates(leaf.RawData, [[1, 2, 3]]);
        StringAssert.Contains(
            CertificateChain.FindProblem(garbage, Id, StringComparison.OrdinalIgnoreCase, [Root.Der], Now), "cannot be read");
    }

    private static string? Verify(X509Certificate2 leaf, TestAuthority[] others, TestAuthority named) =>
        CertificateChain.FindProblem(Sent(leaf, others), Id, StringComparison.OrdinalIgnoreCase, [named.Der], Now);

    private static ClientCertificates Sent(X509Certificate2 leaf, TestAuthority[] others) =>
        new(leaf.RawData, [.. others.Select(other => other.Der)]);
}
