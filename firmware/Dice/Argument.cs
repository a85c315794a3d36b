using System;

namespace DevKit.Dice
{
    /// <summary>What public methods require of their arguments.</summary>
    internal static class Argument
    {
        /// <summary>An object, not null.</summary>
        internal static void Require(object value, string name)
        {
            if (value == null)
            {
                throw new ArgumentNullException(name);
            }
        }

        /// <summary>A range inside an array.</summary>
        internal static void RequireRange(byte[] bytes, string name, int offset, int count)
        {
            Require(bytes, name);
            if (offset < 0 || offset > bytes.Length)
            {
                throw new ArgumentException("The offset is outside the array.", nameof(offset));
            }

            if (count < 0 || count > bytes.Length - offset)
            {
                throw new ArgumentException("The count leads out of the array.", nameof(count));
            }
        }
    }
}
