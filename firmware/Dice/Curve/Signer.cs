using System;

namespace DevKit.Dice.Curve
{
    /// <summary>One private key's signatures of several digests, worked out together so that they share their inversions.</summary>
    internal sealed class Signer
    {
        private readonly GeneratorMultiplier _multiplier;
        private readonly ModularInverse _inverse = new ModularInverse(P256.Order, P256.OrderInverse);
        private readonly NonceGenerator[] _generators;
        private readonly long[] _key = new long[Limbs.Count];
        private readonly long[][] _digests;
        private readonly long[][] _nonces;
        private readonly long[][] _inverses;

        /// <param name="multiplier">The multiplier of G.</param>
        /// <param name="privateKey">The private key, 32 bytes in [1, n).</param>
        /// <param name="digests">SHA-256 digests, 32 bytes each.</param>
        internal Signer(GeneratorMultiplier multiplier, byte[] privateKey, byte[][] digests)
        {
            _multiplier = multiplier;
            _generators = new NonceGenerator[digests.Length];
            _digests = new long[digests.Length][];
            _nonces = new long[digests.Length][];
            _inverses = new long[digests.Length][];
            byte[] reduced = new byte[Sha256.DigestLength];
            for (int i = 0; i < digests.Length; i++)
            {
                _nonces[i] = new long[Limbs.Count];
                _inverses[i] = new long[Limbs.Count];
                _digests[i] = new long[Limbs.Count];
                Limbs.FromBytes(_digests[i], digests[i], 0);
                Scalar.ReduceOnce(_digests[i]);
                Limbs.ToBytes(_digests[i], reduced, 0);
                _generators[i] = new NonceGenerator(privateKey, reduced);
                _generators[i].Next(_nonces[i]);
            }

            // In Montgomery form, so that its products with plain numbers are plain.
            Limbs.FromBytes(_key, privateKey, 0);
            Scalar.Multiply(_key, _key, P256.OrderR2);
        }

        /// <summary>The signatures, r || s of 32 + 32 bytes each.</summary>
        internal byte[][] Sign()
        {
            CurvePoint[] points = new CurvePoint[_nonces.Length];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = new CurvePoint();
            }

            for (;;)
            {
                for (int i = 0; i < points.Length; i++)
                {
                    _multiplier.Multiply(points[i], _nonces[i]);
                }

                byte[][] signatures = _multiplier.ToCoordinates(points);
                InvertNonces();
                bool complete = true;
                for (int i = 0; i < signatures.Length; i++)
                {
                    // FIPS 186-5, 6.4.1, 11: another nonce where r or s came out as 0.
                    if (!Complete(signatures[i], i))
                    {
                        _generators[i].Next(_nonces[i]);
                        complete = false;
                    }
                }

                if (complete)
                {
                    return signatures;
                }
            }
        }

        /// <summary>Wipes key and nonces.</summary>
        internal void Clear()
        {
            _multiplier.Clear();
            Limbs.Clear(_key);
            for (int i = 0; i < _nonces.Length; i++)
            {
                Limbs.Clear(_nonces[i]);
                Limbs.Clear(_inverses[i]);
                _generators[i].Clear();
            }
        }

        // The inverses of all nonces, in Montgomery form, for one inversion (Montgomery's trick).
        private void InvertNonces()
        {
            // _inverses[i] is the product of the nonces before i, for now.
            long[] product = new long[Limbs.Count];
            Array.Copy(_nonces[0], 0, product, 0, Limbs.Count);
            for (int i = 1; i < _nonces.Length; i++)
            {
                Array.Copy(product, 0, _inverses[i], 0, Limbs.Count);
                Scalar.Multiply(product, product, _nonces[i]);
            }

            _inverse.Invert(product);
            Scalar.Multiply(product, product, P256.OrderR2);
            for (int i = _nonces.Length - 1; i > 0; i--)
            {
                Scalar.Multiply(_inverses[i], _inverses[i], product);
                Scalar.Multiply(product, product, _nonces[i]);
            }

            Array.Copy(product, 0, _inverses[0], 0, Limbs.Count);
            Limbs.Clear(product);
        }

        // From the coordinates of k G to r || s: r = x modulo n, s = (z + r d) / k. False if r or s is 0.
        private bool Complete(byte[] signature, int i)
        {
            long[] r = new long[Limbs.Count];
            long[] s = new long[Limbs.Count];
            Limbs.FromBytes(r, signature, 0);
            Scalar.ReduceOnce(r);
            Scalar.Multiply(s, r, _key);
            Scalar.Add(s, s, _digests[i]);
            Scalar.Multiply(s, s, _inverses[i]);
            Limbs.ToBytes(r, signature, 0);
            Limbs.ToBytes(s, signature, 32);
            return !Limbs.IsZero(r) && !Limbs.IsZero(s);
        }
    }
}
