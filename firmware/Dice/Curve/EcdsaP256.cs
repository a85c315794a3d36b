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

        // SEC 1, 2.3.3: an uncompressed point follows.
        private const byte Uncompressed = 4;

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

            byte[] e = (byte[])digest.Clone();
            Scalar.ReduceBytes(e);
            long[] key = new long[Limbs.Count], nonce = new long[Limbs.Count];
            try
            {
                Limbs.FromBytes(key, privateKey, 0);
                Scalar.ToMontgomery(key);
                byte[] signature;
                int skipped = 0;
                do
                {
                    NonceGenerator.Generate(nonce, privateKey, e, skipped++);
                    signature = CurvePoint.ToAffine(CurvePoint.MultiplyBase(new long[][] { nonce }), 0)[0];
                    Scalar.Invert(nonce);
                }
                while (!TryComplete(signature, key, e, nonce));
                return signature;
            }
            finally
            {
                Limbs.Clear(key);
                Limbs.Clear(nonce);
            }
        }

        /// <summary>The public keys of several private keys, for one inversion.</summary>
        internal static byte[][] GetPublicKeys(byte[][] privateKeys)
        {
            long[][] scalars = new long[privateKeys.Length][];
            for (int i = 0; i < scalars.Length; i++)
            {
                scalars[i] = new long[Limbs.Count];
                Limbs.FromBytes(scalars[i], privateKeys[i], 0);
            }

            try
            {
                byte[][] publicKeys = CurvePoint.ToAffine(CurvePoint.MultiplyBase(scalars), 1);
                for (int i = 0; i < publicKeys.Length; i++)
                {
                    publicKeys[i][0] = Uncompressed;
                }

                return publicKeys;
            }
            finally
            {
                for (int i = 0; i < scalars.Length; i++)
                {
                    Limbs.Clear(scalars[i]);
                }
            }
        }

        // From x || y of k G to r || s (6.4.1, 6 to 10): r = x modulo n, s = (e + r d) / k. False if r or s is 0, which asks for another
        // nonce (11). The key and 1 / k are in Montgomery form, so that their products with plain numbers are plain.
        private static bool TryComplete(byte[] signature, long[] key, byte[] digest, long[] inverse)
        {
            long[] r = new long[Limbs.Count];
            long[] s = new long[Limbs.Count];
            long[] e = new long[Limbs.Count];
            Scalar.ReduceBytes(signature);
            Limbs.FromBytes(r, signature, 0);
            Limbs.FromBytes(e, digest, 0);
            Scalar.Multiply(s, r, key);
            Limbs.AddMultiple(s, e, 1);
            Scalar.ReduceOnce(s);
            Scalar.Multiply(s, s, inverse);
            Limbs.ToBytes(s, signature, 32);
            return !Limbs.IsZero(r) && !Limbs.IsZero(s);
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
