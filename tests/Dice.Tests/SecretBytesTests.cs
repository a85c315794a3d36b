namespace DevKit.Dice.Tests;

[TestClass]
public sealed class SecretBytesTests
{
    [TestMethod]
    public void Cleared_bytes_are_zeros_and_null_is_nothing_to_do()
    {
        byte[] bytes = [1, 2, 3];
        SecretBytes.Clear(bytes);
        CollectionAssert.AreEqual(new byte[3], bytes);
        SecretBytes.Clear(null);
    }

    [TestMethod]
    public void Equality_is_of_length_and_every_byte()
    {
        byte[] bytes = [1, 2, 3];
        Assert.IsTrue(SecretBytes.AreEqual(bytes, [1, 2, 3]));
        Assert.IsTrue(SecretBytes.AreEqual([], []));
        Assert.IsTrue(SecretBytes.AreEqual(null, null));
        Assert.IsFalse(SecretBytes.AreEqual(bytes, null));
        Assert.IsFalse(SecretBytes.AreEqual(null, bytes));
        Assert.IsFalse(SecretBytes.AreEqual(bytes, [1, 2]));
        for (int bit = 0; bit < 24; bit++)
        {
            byte[] other = [1, 2, 3];
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(SecretBytes.AreEqual(bytes, other));
        }
    }
}
