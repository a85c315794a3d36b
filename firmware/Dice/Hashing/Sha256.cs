using System;

namespace DevKit.Dice.Hashing
{
    /// <summary>SHA-256 (FIPS 180-4).</summary>
    public sealed class Sha256
    {
        /// <summary>The length of a digest in bytes.</summary>
        public const int DigestLength = 32;

        internal const int BlockLength = 64;
        internal const int StateLength = 8;

        private readonly uint[] _state = new uint[StateLength];
        private readonly byte[] _block = new byte[BlockLength];
        private int _held;
        private long _length;

        /// <summary>Starts a message.</summary>
        internal Sha256()
        {
            Reset();
        }

        /// <summary>Hashes a whole message.</summary>
        /// <param name="data">The message; it may be empty.</param>
        /// <returns>The digest, 32 bytes.</returns>
        /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
        public static byte[] Hash(byte[] data)
        {
            Argument.Require(data, nameof(data));
            Sha256 sha = new Sha256();
            sha.Update(data, 0, data.Length);
            byte[] digest = new byte[DigestLength];
            sha.Finish(digest);
            return digest;
        }

        /// <summary>Adds bytes to the message.</summary>
        internal void Update(byte[] data, int offset, int count)
        {
            _length += count;
            if (_held > 0)
            {
                int taken = BlockLength - _held;
                if (taken > count)
                {
                    taken = count;
                }

                Array.Copy(data, offset, _block, _held, taken);
                _held += taken;
                offset += taken;
                count -= taken;
                if (_held < BlockLength)
                {
                    return;
                }

                Sha256Block.Compress(_state, _block, 0);
            }

            while (count >= BlockLength)
            {
                Sha256Block.Compress(_state, data, offset);
                offset += BlockLength;
                count -= BlockLength;
            }

            Array.Copy(data, offset, _block, 0, count);
            _held = count;
        }

        /// <summary>Ends the message, writes its digest, 32 bytes, and starts another message.</summary>
        internal void Finish(byte[] digest)
        {
            long bits = _length << 3;
            byte[] block = _block;
            block[_held++] = 0x80;
            if (_held > BlockLength - 8)
            {
                Array.Clear(block, _held, BlockLength - _held);
                Sha256Block.Compress(_state, block, 0);
                _held = 0;
            }

            Array.Clear(block, _held, BlockLength - _held);
            for (int i = BlockLength - 1; bits != 0; i--)
            {
                block[i] = (byte)bits;
                bits >>= 8;
            }

            Sha256Block.Compress(_state, block, 0);
            for (int i = 0; i < StateLength; i++)
            {
                uint word = _state[i];
                int at = 4 * i;
                digest[at] = (byte)(word >> 24);
                digest[at + 1] = (byte)(word >> 16);
                digest[at + 2] = (byte)(word >> 8);
                digest[at + 3] = (byte)word;
            }

            Reset();
        }

        /// <summary>Forgets the message and what was derived from it, and starts another.</summary>
        internal void Reset()
        {
            // FIPS 180-4, 5.3.3.
            uint[] state = _state;
            state[0] = 0x6A09E667;
            state[1] = 0xBB67AE85;
            state[2] = 0x3C6EF372;
            state[3] = 0xA54FF53A;
            state[4] = 0x510E527F;
            state[5] = 0x9B05688C;
            state[6] = 0x1F83D9AB;
            state[7] = 0x5BE0CD19;
            Array.Clear(_block, 0, BlockLength);
            _held = 0;
            _length = 0;
        }

        /// <summary>Keeps the state after a whole block, to go on from later.</summary>
        internal void Save(uint[] state)
        {
            Array.Copy(_state, 0, state, 0, StateLength);
        }

        /// <summary>Goes on from a state that was kept after one block.</summary>
        internal void Restore(uint[] state)
        {
            Array.Copy(state, 0, _state, 0, StateLength);
            _held = 0;
            _length = BlockLength;
        }
    }
}
