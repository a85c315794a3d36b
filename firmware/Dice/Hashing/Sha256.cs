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
        public Sha256()
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
            sha.Finish(digest, 0);
            return digest;
        }

        /// <summary>Adds bytes to the message.</summary>
        /// <param name="data">Where they are.</param>
        /// <param name="offset">The index of the first.</param>
        /// <param name="count">How many.</param>
        /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
        /// <exception cref="ArgumentException"><paramref name="offset"/> or <paramref name="count"/> leads out of the array.</exception>
        public void Update(byte[] data, int offset, int count)
        {
            Argument.RequireRange(data, nameof(data), offset, count);

            Append(data, offset, count);
        }

        /// <summary>Ends the message, writes its digest and starts another message.</summary>
        /// <param name="digest">Where the 32 bytes go.</param>
        /// <param name="offset">The index of the first.</param>
        /// <exception cref="ArgumentNullException"><paramref name="digest"/> is null.</exception>
        /// <exception cref="ArgumentException">There is no room for 32 bytes at <paramref name="offset"/>.</exception>
        public void Finish(byte[] digest, int offset)
        {
            Argument.RequireRoom(digest, nameof(digest), offset, DigestLength);

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
                digest[offset] = (byte)(word >> 24);
                digest[offset + 1] = (byte)(word >> 16);
                digest[offset + 2] = (byte)(word >> 8);
                digest[offset + 3] = (byte)word;
                offset += 4;
            }

            Reset();
        }

        /// <summary>Forgets the message and what was derived from it, and starts another.</summary>
        public void Reset()
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

        internal void Append(byte[] data, int offset, int count)
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
    }
}
