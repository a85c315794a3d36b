using System;
using DevKit.StSafe;
using DevKit.StSafe.Frames;

namespace DevKit.Boot.Settings
{
    /// <summary>
    /// A text ended by a NUL at the start of its zones. Whatever happens while it is written or erased, the old text or the new one stands
    /// there, whole: the first 180 bytes, the head, change in one atomic update, and that update alone decides. What lies behind the
    /// head is written before it where the old text does not reach, goes through a <see cref="TextJournal"/> where it does, and is
    /// wiped after it.
    /// </summary>
    internal sealed class StoredText
    {
        private readonly ZoneSpace _space;
        private readonly TextJournal _journal;
        private readonly int _fieldLength;
        private readonly int _headLength;

        /// <summary>A text in some zones.</summary>
        /// <param name="space">The zones.</param>
        /// <param name="maxLength">The most bytes that a text may have, without its NUL.</param>
        internal StoredText(ZoneSpace space, int maxLength)
        {
            _space = space;
            _fieldLength = maxLength + 1;
            _headLength = _fieldLength < StSafeA100.MaxDataLength ? _fieldLength : StSafeA100.MaxDataLength;
            _journal = _fieldLength > _headLength ? new TextJournal(space) : null;
        }

        /// <summary>Reads the text.</summary>
        /// <param name="isUnended">Whether bytes stand there that no NUL ends.</param>
        /// <returns>The text without NUL, which the caller clears; null when none stands there or no NUL ends it.</returns>
        internal byte[] Read(out bool isUnended)
        {
            isUnended = false;
            byte[] head = _space.Read(0, _headLength);
            int nul = StoredBytes.FindNul(head);
            if (nul == 0 || StoredBytes.AreBlank(head, head.Length))
            {
                return null;
            }

            if (nul > 0)
            {
                byte[] text = new byte[nul];
                Array.Copy(head, 0, text, 0, nul);
                Array.Clear(head, 0, head.Length);
                return text;
            }

            byte[] tail = _journal == null ? null : _journal.FindTail(head);
            if (tail != null)
            {
                return StoredBytes.Join(head, tail, tail.Length - 1);
            }

            return ReadOn(head, out isUnended);
        }

        /// <summary>Puts a text in the place of what stands there.</summary>
        /// <param name="text">The text without NUL, not longer than it may be.</param>
        /// <exception cref="ArgumentException">The old text and the new one are too long to keep both; nothing was changed.</exception>
        internal void Write(byte[] text)
        {
            int length = text.Length + 1;
            byte[] field = new byte[length < _headLength ? _headLength : length];
            Array.Copy(text, 0, field, 0, text.Length);
            try
            {
                if (_journal == null)
                {
                    _space.Write(0, field, 0, _headLength);
                }
                else
                {
                    WriteLong(field, length);
                }
            }
            finally
            {
                Array.Clear(field, 0, field.Length);
            }
        }

        /// <summary>Writes 00 where something stands.</summary>
        internal void Erase()
        {
            _space.Wipe(0, _headLength);
            if (_journal != null)
            {
                _journal.Empty(0);
                _space.Wipe(_headLength, _fieldLength - _headLength);
            }
        }

        private void WriteLong(byte[] field, int length)
        {
            Settle();
            bool isSame;
            int oldLength = MeasureOld(field, length, out isSame);
            if (!isSame)
            {
                Replace(oldLength, field, length);
            }

            int end = length < _headLength ? _headLength : length;
            _space.Wipe(end, _fieldLength - end);
        }

        private void Replace(int oldLength, byte[] field, int length)
        {
            if (length <= _headLength)
            {
                WriteHead(field);
            }
            else if (oldLength <= _headLength)
            {
                WriteTail(field, length);
                WriteHead(field);
            }
            else
            {
                string obstacle = _journal.FindObstacle(length, oldLength);
                if (obstacle != null)
                {
                    throw new ArgumentException(obstacle);
                }

                _journal.Write(field, length);
                WriteHead(field);
                WriteTail(field, length);
                _journal.Empty(length);
            }
        }

        /// <summary>Brings a write that was interrupted to its end, if its text is in force, and cleans up behind it in any case.</summary>
        private void Settle()
        {
            if (!_journal.IsInUse())
            {
                return;
            }

            byte[] head = _space.Read(0, _headLength);
            byte[] tail = _journal.FindTail(head);
            Array.Clear(head, 0, head.Length);
            if (tail != null)
            {
                _space.Write(_headLength, tail, 0, tail.Length);
                Array.Clear(tail, 0, tail.Length);
            }

            bool isSame;
            _journal.Empty(MeasureOld(null, 0, out isSame));
        }

        /// <summary>Measures the text that stands there.</summary>
        /// <param name="field">A text with its NUL to compare it with, or null.</param>
        /// <param name="length">Bytes of that text.</param>
        /// <param name="isSame">Whether they are the same.</param>
        /// <returns>Its bytes with its NUL; the whole field when no NUL ends it.</returns>
        private int MeasureOld(byte[] field, int length, out bool isSame)
        {
            bool isUnended;
            byte[] old = Read(out isUnended);
            isSame = old != null && old.Length + 1 == length && StoredBytes.StartsWith(field, old);
            if (old == null)
            {
                return isUnended ? _fieldLength : 0;
            }

            Array.Clear(old, 0, old.Length);
            return old.Length + 1;
        }

        private void WriteHead(byte[] field)
        {
            _space.Write(0, field, 0, _headLength);
        }

        private void WriteTail(byte[] field, int length)
        {
            _space.Write(_headLength, field, _headLength, length - _headLength);
        }

        private byte[] ReadOn(byte[] text, out bool isUnended)
        {
            isUnended = false;
            while (text.Length < _fieldLength)
            {
                int rest = _fieldLength - text.Length;
                byte[] piece = _space.Read(text.Length, rest < StSafeA100.MaxDataLength ? rest : StSafeA100.MaxDataLength);
                int nul = StoredBytes.FindNul(piece);
                text = StoredBytes.Join(text, piece, nul < 0 ? piece.Length : nul);
                if (nul >= 0)
                {
                    return text;
                }
            }

            isUnended = true;
            Array.Clear(text, 0, text.Length);
            return null;
        }
    }
}
