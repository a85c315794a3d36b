using DevKit.Dice.Hashing;

namespace DevKit.Dice.Curve
{
    /// <summary>
    /// The nonces of a signature as RFC 6979 derives them from key and message (3.2, with HMAC-SHA256 and P-256's order).
    /// </summary>
    internal sealed class NonceGenerator
    {
        private readonly HmacSha256 _hmac = new HmacSha256();
        private readonly byte[] _key = new byte[HmacSha256.CodeLength];
        private readonly byte[] _value = new byte[HmacSha256.CodeLength];
        private readonly byte[] _separator = new byte[1];

        private NonceGenerator()
        {
            // 3.2, b and c: V is all 01; K is all 00, which a new HMAC starts with.
            for (int i = 0; i < _value.Length; i++)
            {
                _value[i] = 1;
            }
        }

        /// <summary>A nonce in [1, n).</summary>
        /// <param name="nonce">Where its limbs go.</param>
        /// <param name="privateKey">The private key, 32 bytes in [1, n): int2octets is what it already is.</param>
        /// <param name="digest">The message's digest modulo n, 32 bytes: bits2octets.</param>
        /// <param name="skipped">How many suitable candidates to pass over: those that gave r = 0 or s = 0.</param>
        internal static void Generate(long[] nonce, byte[] privateKey, byte[] digest, int skipped)
        {
            NonceGenerator generator = new NonceGenerator();
            try
            {
                // 3.2, d to g.
                generator.UpdateKey(privateKey, digest);
                generator._separator[0] = 1;
                generator.UpdateKey(privateKey, digest);
                generator._separator[0] = 0;

                // 3.2, h.
                generator.UpdateValue();
                while (!Scalar.IsInRange(generator._value) || skipped-- > 0)
                {
                    generator.UpdateKey(null, null);
                    generator.UpdateValue();
                }

                Limbs.FromBytes(nonce, generator._value, 0);
            }
            finally
            {
                SecretBytes.Clear(generator._key);
                SecretBytes.Clear(generator._value);
                generator._hmac.Clear();
            }
        }

        // K = HMAC(K, V || separator || key || digest), V = HMAC(K, V).
        private void UpdateKey(byte[] privateKey, byte[] digest)
        {
            _hmac.Update(_value);
            _hmac.Update(_separator);
            if (privateKey != null)
            {
                _hmac.Update(privateKey);
                _hmac.Update(digest);
            }

            _hmac.Finish(_key);
            _hmac.SetKey(_key);
            UpdateValue();
        }

        private void UpdateValue()
        {
            _hmac.Update(_value);
            _hmac.Finish(_value);
        }
    }
}
