using System;
using DevKit.StSafe;
using DevKit.StSafe.Frames;

namespace DevKit.Boot.Settings
{
    /// <summary>Some zones of the chip seen as one row of bytes, in the zones' usable lengths on the DevKit.</summary>
    internal sealed class ZoneSpace
    {
        private readonly StSafeA100 _chip;
        private readonly int[] _zones;

        internal ZoneSpace(StSafeA100 chip, int[] zones)
        {
            _chip = chip;
            _zones = zones;
            for (int i = 0; i < zones.Length; i++)
            {
                Length += ZoneMap.LengthOf(zones[i]);
            }
        }

        /// <summary>Bytes in all the zones.</summary>
        internal int Length { get; }

        /// <summary>Reads bytes; the caller clears them.</summary>
        internal byte[] Read(int offset, int count)
        {
            byte[] bytes = new byte[count];
            for (int done = 0; done < count;)
            {
                int index, at;
                int piece = Locate(offset + done, count - done, out index, out at);
                byte[] part = _chip.ReadZone(_zones[index], at, piece);
                Array.Copy(part, 0, bytes, done, piece);
                Array.Clear(part, 0, piece);
                done += piece;
            }

            return bytes;
        }

        /// <summary>
        /// Writes bytes in ascending order. At most <see cref="StSafeA100.MaxDataLength"/> of them within one zone are one atomic update.
        /// </summary>
        internal void Write(int offset, byte[] bytes, int start, int count)
        {
            for (int done = 0; done < count;)
            {
                int index, at;
                int piece = Locate(offset + done, count - done, out index, out at);
                _chip.UpdateZone(_zones[index], at, bytes, start + done, piece);
                done += piece;
            }
        }

        /// <summary>Whether nothing but erased bytes, 00 or FF, stands in a stretch.</summary>
        internal bool IsBlank(int offset, int count)
        {
            int end = offset + count;
            for (int at = offset; at < end; at += StSafeA100.MaxDataLength)
            {
                if (!IsPieceBlank(at, PieceUpTo(end, at)))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Writes 00 where something else than erased bytes stands.</summary>
        internal void Wipe(int offset, int count)
        {
            int end = offset + count;
            for (int at = offset; at < end; at += StSafeA100.MaxDataLength)
            {
                int piece = PieceUpTo(end, at);
                if (!IsPieceBlank(at, piece))
                {
                    Write(at, new byte[piece], 0, piece);
                }
            }
        }

        private static int PieceUpTo(int end, int at)
        {
            return end - at < StSafeA100.MaxDataLength ? end - at : StSafeA100.MaxDataLength;
        }

        private bool IsPieceBlank(int offset, int count)
        {
            byte[] piece = Read(offset, count);
            bool blank = StoredBytes.AreBlank(piece, piece.Length);
            Array.Clear(piece, 0, piece.Length);
            return blank;
        }

        /// <summary>Finds where an offset lies, and how many of the wanted bytes lie there together.</summary>
        private int Locate(int offset, int wanted, out int index, out int at)
        {
            index = 0;
            at = offset;
            while (at >= ZoneMap.LengthOf(_zones[index]))
            {
                at -= ZoneMap.LengthOf(_zones[index]);
                index++;
            }

            int rest = ZoneMap.LengthOf(_zones[index]) - at;
            return rest < wanted ? rest : wanted;
        }
    }
}
