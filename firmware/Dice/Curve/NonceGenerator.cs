namespace DevKit.Dice.Curve
{
    /// <summary>The nonces of a signature as RFC 6979 derives them from key and message (3.2, with HMAC-SHA256 and P-256's order).</summary>
    internal sealed class NonceGenerator
    {
        private readonly HmacSha256 _hmac;
        private readonly byte[] _key = new byte[32];
        private readonly byte[] _value = new byte[32];
        private bool _given;

        /// <param name="privateKey">The private key, 32 bytes in [1, n): int2octets is what it already is.</param>
        /// <param name="digest">The message's digest modulo n, 32 bytes: bits2octets.</param>
        internal NonceGenerator(byte[] privateKey, byte[] digest)
        {
            // 3.2, b and c: V is all 01, K all 00.
            for (int i = 0; i < _value.Length; i++)
            {
                _value[i] = 1;
            }

            _hmac = new HmacSha256(_key);

            // 3.2, d to g.
            UpdateKey(0, privateKey, digest);
            UpdateKey(1, privateKey, digest);
        }

        /// <summary>The next nonce in [1, n), as limbs (3.2, h).</summary>
        internal void Next(long[] nonce)
        {
            // h, 3: also after a nonce that gave r = 0 or s = 0.
            if (_given)
            {
                UpdateKey(0, null, null);
            }

            UpdateValue();
            while (!Scalar.IsInRange(_value))
            {
                UpdateKey(0, null, null);
                UpdateValue();
            }

            Limbs.FromBytes(nonce, _value, 0);
            _given = true;
        }

        /// <summary>Wipes the generator's state.</summary>
        internal void Clear()
        {
            SecretBytes.Clear(_key);
            SecretBytes.Clear(_value);
            _hmac.Clear();
        }

        // K = HMAC(K, V || separator || key || digest), V = HMAC(K, V).
        private void UpdateKey(byte separator, byte[] privateKey, byte[] digest)
        {
            byte[] one = { separator };
            _hmac.Update(_value, 0, _value.Length);
            _hmac.Update(one, 0, 1);
            if (privateKey != null)
            {
                _hmac.Update(privateKey, 0, privateKey.Length);
                _hmac.Update(digest, 0, digest.Length);
            }

            _hmac.Finish(_key, 0);
            _hmac.SetKey(_key);
            UpdateValue();
        }

        private void UpdateValue()
        {
            _hmac.Update(_value, 0, _value.Length);
            _hmac.Finish(_value, 0);
        }
    }
}
