using System;
using DevKit.Dice.Curve;

namespace DevKit.Dice
{
    /// <summary>ECDSA on NIST P-256 with SHA-256 (FIPS 186-5, 6.4) and the nonces of RFC 6979.</summary>
    public static class EcdsaP256
    {
        /// <summary>The length of a private key in bytes.</summary>
        public const int PrivateKeyLength = 32;

        /// <summary>The length of a public key in bytes.</summary>
        public const int PublicKeyLength = 65;

        /// <summary>The length of a signature in bytes.</summary>
        public const int SignatureLength = 64;

        /// <summary>The public key of a private key.</summary>
        /// <param name="privateKey">The private key: 32 bytes, big-endian, in [1, n - 1].</param>
        /// <returns>65 bytes: 04 || X || Y.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="privateKey"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="privateKey"/> is not 32 bytes or out of range.</exception>
        public static byte[] GetPublicKey(byte[] privateKey)
        {
            RequirePrivateKey(privateKey);
            GeneratorMultiplier multiplier = new GeneratorMultiplier();
            return GetPublicKeys(multiplier, new byte[][] { privateKey })[0];
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
            if (digest == null)
            {
                throw new ArgumentNullException(nameof(digest));
            }

            if (digest.Length != Sha256.DigestLength)
            {
                throw new ArgumentException("A SHA-256 digest is 32 bytes.", nameof(digest));
            }

            GeneratorMultiplier multiplier = new GeneratorMultiplier();
            return Sign(multiplier, privateKey, new byte[][] { digest })[0];
        }

        /// <summary>The public keys of several private keys, for one inversion.</summary>
        internal static byte[][] GetPublicKeys(GeneratorMultiplier multiplier, byte[][] privateKeys)
        {
            CurvePoint[] points = new CurvePoint[privateKeys.Length];
            long[] scalar = new long[Limbs.Count];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = new CurvePoint();
                Limbs.FromBytes(scalar, privateKeys[i], 0);
                multiplier.Multiply(points[i], scalar);
            }

            Limbs.Clear(scalar);
            byte[][] keys = multiplier.ToCoordinates(points);
            multiplier.Clear();
            for (int i = 0; i < keys.Length; i++)
            {
                byte[] key = new byte[PublicKeyLength];
                key[0] = 4;
                Array.Copy(keys[i], 0, key, 1, keys[i].Length);
                keys[i] = key;
                points[i].Clear();
            }

            return keys;
        }

        /// <summary>Signs several digests with one key, for one inversion modulo p and one modulo n.</summary>
        internal static byte[][] Sign(GeneratorMultiplier multiplier, byte[] privateKey, byte[][] digests)
        {
            Signer signer = new Signer(multiplier, privateKey, digests);
            try
            {
                return signer.Sign();
            }
            finally
            {
                signer.Clear();
            }
        }

        private static void RequirePrivateKey(byte[] privateKey)
        {
            if (privateKey == null)
            {
                throw new ArgumentNullException(nameof(privateKey));
            }

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
