using System;

namespace DevKit.Dice.Hashing
{
    /// <summary>HMAC with SHA-256 (RFC 2104, FIPS 198-1).</summary>
    /// <remarks>The two keyed blocks are hashed once for a key, however many messages follow.</remarks>
    public sealed class HmacSha256
    {
        /// <summary>The length of a code in bytes.</summary>
        public const int CodeLength = Sha256.DigestLength;

        // SHA-256's state after 64 bytes 36, and after 64 bytes 5C.
        private static readonly uint[] ZeroKey =
        {
            0xF454DEAD, 0x9725214F, 0x90DAF2A0, 0xDF1228EA, 0x64E5750F, 0xA3924181, 0x824A932B, 0xF8E04E32,
            0xD385480F, 0x7ABB6477, 0x37C9C538, 0x5DD82467, 0x8E043A72, 0x753434B0, 0xDEB82818, 0x361D45A6,
        };

        private readonly Sha256 _sha = new Sha256();
        private readonly uint[] _inner = new uint[Sha256.StateLength];
        private readonly uint[] _outer = new uint[Sha256.StateLength];

        /// <summary>Starts a message under a key of up to 64 zeros, as HKDF without a salt and RFC 6979 do.</summary>
        internal HmacSha256()
        {
            Array.Copy(ZeroKey, 0, _inner, 0, Sha256.StateLength);
            Array.Copy(ZeroKey, Sha256.StateLength, _outer, 0, Sha256.StateLength);
            _sha.Restore(_inner);
        }

        /// <summary>The code of a whole message.</summary>
        /// <param name="key">The key, of any length.</param>
        /// <param name="message">The message; it may be empty.</param>
        /// <returns>The code, 32 bytes.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="key"/> or <paramref name="message"/> is null.</exception>
        public static byte[] Compute(byte[] key, byte[] message)
        {
            Argument.Require(key, nameof(key));
            Argument.Require(message, nameof(message));

            HmacSha256 hmac = new HmacSha256();
            hmac.SetKey(key);
            byte[] code = new byte[CodeLength];
            hmac.Update(message);
            hmac.Finish(code);
            hmac.Clear();
            return code;
        }

        /// <summary>Adds bytes to the message.</summary>
        internal void Update(byte[] data)
        {
            _sha.Update(data, 0, data.Length);
        }

        /// <summary>Ends the message, writes its code, 32 bytes, and starts another message under the same key.</summary>
        internal void Finish(byte[] code)
        {
            _sha.Finish(code);
            _sha.Restore(_outer);
            _sha.Update(code, 0, CodeLength);
            _sha.Finish(code);
            _sha.Restore(_inner);
        }

        /// <summary>Starts a message under another key of any length, which is not kept.</summary>
        internal void SetKey(byte[] key)
        {
            byte[] block = new byte[Sha256.BlockLength];
            if (key.Length > Sha256.BlockLength)
            {
                _sha.Reset();
                _sha.Update(key, 0, key.Length);
                _sha.Finish(block);
            }
            else
            {
                Array.Copy(key, 0, block, 0, key.Length);
            }

            HashKeyed(block, 0x36, _inner);

            // From the inner block to the outer one: 0x36 ^ 0x5C.
            HashKeyed(block, 0x36 ^ 0x5C, _outer);
            SecretBytes.Clear(block);
            _sha.Restore(_inner);
        }

        /// <summary>Wipes the key and the message.</summary>
        internal void Clear()
        {
            Array.Clear(_inner, 0, Sha256.StateLength);
            Array.Clear(_outer, 0, Sha256.StateLength);
            _sha.Reset();
        }

        private void HashKeyed(byte[] block, byte pad, uint[] state)
        {
            for (int i = 0; i < Sha256.BlockLength; i++)
            {
                block[i] ^= pad;
            }

            _sha.Reset();
            _sha.Update(block, 0, Sha256.BlockLength);
            _sha.Save(state);
        }
    }
}
