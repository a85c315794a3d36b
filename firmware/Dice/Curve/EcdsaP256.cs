using System;
using DevKit.Dice.Hashing;

namespace DevKit.Dice.Curve
{
    /// <summary>ECDSA on NIST P-256 with SHA-256 (FIPS 186-5, 6.4) and the nonces of RFC 6979.</summary>
    public static class EcdsaP256
    {
        /// <summary>The length of a private key in bytes.</summary>
        public const int PrivateKeyLength = 32;

        /// <summary>The length of a public key in bytes.</summary>
        public const int PublicKeyLength = 65;

        /// <summary>The length of a signature in bytes.</summary>
        public const int SignatureLength = Coordinates.Length;

        /// <summary>The public key of a private key.</summary>
        /// <param name="privateKey">The private key: 32 bytes, big-endian, in [1, n - 1].</param>
        /// <returns>65 bytes: 04 || X || Y.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="privateKey"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="privateKey"/> is not 32 bytes or out of range.</exception>
        public static byte[] GetPublicKey(byte[] privateKey)
        {
            RequirePrivateKey(privateKey);
            return GetPublicKeys(new byte[][] { privateKey })[0];
        }

        /// <summary>Signs the digest of a message.</summary>
        /// <param name="privateKey">The private key: 32 bytes, big-endian, in [1, n - 1].</param>
        /// <param name="digest">The message's SHA-256 digest, 32 bytes.</param>
        /// <returns>64 bytes: r || s, big-endian.</returns>
        /// <exception cref="ArgumentNullException">An argument is null.</exception>
        /// <exception cref="ArgumentException">An argument is not 32 bytes, or the key is out of range.</exception>
        public static byte[] Sign(byte[] privateKey, byte[] digest)
        {
            RequirePrivateKey(privateKey);
            Argument.Require(digest, nameof(digest));
            if (digest.Length != Sha256.DigestLength)
            {
                throw new ArgumentException("A SHA-256 digest is 32 bytes.", nameof(digest));
            }

            return Signatures.Create(privateKey, new byte[][] { (byte[])digest.Clone() })[0];
        }

        /// <summary>The public keys of several private keys, for one inversion.</summary>
        internal static byte[][] GetPublicKeys(byte[][] privateKeys)
        {
            byte[][] publicKeys = new byte[privateKeys.Length][];
            long[][] scalars = new long[privateKeys.Length][];
            for (int i = 0; i < scalars.Length; i++)
            {
                publicKeys[i] = new byte[PublicKeyLength];
                publicKeys[i][0] = 4;
                scalars[i] = new long[Limbs.Count];
                Limbs.FromBytes(scalars[i], privateKeys[i], 0);
            }

            Coordinates.Write(GeneratorMultiplier.Multiply(scalars), publicKeys, 1);
            for (int i = 0; i < scalars.Length; i++)
            {
                Limbs.Clear(scalars[i]);
            }

            return publicKeys;
        }

        private static void RequirePrivateKey(byte[] privateKey)
        {
            Argument.Require(privateKey, nameof(privateKey));
            if (privateKey.Length != PrivateKeyLength)
            {
                throw new ArgumentException("A P-256 private key is 32 bytes.", nameof(privateKey));
            }

            if (!Scalar.IsInRange(privateKey))
            {
                throw new ArgumentException("A P-256 private key is a number from 1 to n - 1.", nameof(privateKey));
            }
        }
    }
}
