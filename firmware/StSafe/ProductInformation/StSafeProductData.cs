using System;

namespace DevKit.StSafe.ProductInformation
{
    /// <summary>Answer to Query product data (tag 11): fields of sub-tag, length, value.</summary>
    public sealed class StSafeProductData
    {
        private const int MaskTag = 0x01;
        private const int MaskLength = 3;

        private readonly byte[] _fields;

        /// <summary>Wraps the answer's data.</summary>
        /// <param name="fields">The fields, one behind the other.</param>
        public StSafeProductData(byte[] fields)
        {
            _fields = fields;
        }

        /// <summary>The 3-byte mask identification (sub-tag 01), or null when the chip does not tell it.</summary>
        public byte[] Mask
        {
            get
            {
                byte[] mask = Find(MaskTag);
                return mask != null && mask.Length == MaskLength ? mask : null;
            }
        }

        /// <summary>The family by the last two bytes of the mask.</summary>
        public StSafeFamily Family
        {
            get
            {
                byte[] mask = Mask;
                int number = mask == null ? 0 : (mask[1] << 8) | mask[2];
                if (number >= 0x6000)
                {
                    return StSafeFamily.A120;
                }

                if (number >= 0x4600)
                {
                    return StSafeFamily.A110;
                }

                return number >= 0x4000 ? StSafeFamily.A100 : StSafeFamily.Unknown;
            }
        }

        /// <summary>The value of a field.</summary>
        /// <param name="subTag">The field's sub-tag.</param>
        /// <returns>Its bytes, or null when there is no such field or the fields do not add up.</returns>
        public byte[] Find(int subTag)
        {
            int at = 0;
            while (at + 2 <= _fields.Length)
            {
                int length = _fields[at + 1];
                if (at + 2 + length > _fields.Length)
                {
                    return null;
                }

                if (_fields[at] == subTag)
                {
                    byte[] value = new byte[length];
                    Array.Copy(_fields, at + 2, value, 0, length);
                    return value;
                }

                at += 2 + length;
            }

            return null;
        }
    }
}
