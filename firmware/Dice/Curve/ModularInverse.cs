namespace DevKit.Dice.Curve
{
    /// <summary>
    /// Inversion modulo an odd 256-bit number by Bernstein and Yang's division steps ("Fast constant-time gcd computation and modular
    /// inversion", 2019), in the variant that starts at delta = 1/2, for which 590 steps are enough for any input of 256 bits.
    /// </summary>
    /// <remarks>
    /// The steps run in batches of 29, one limb: a batch looks at the low limbs of f and g only and gathers what it does to them in a
    /// matrix, which is then applied to the whole numbers. Every input takes the same instructions.
    /// </remarks>
    internal sealed class ModularInverse
    {
        // 21 batches of 29 steps make 609, the first multiple of 29 from 590 on.
        private const int Batches = 21;

        private readonly long[] _modulus;
        private readonly long _modulusInverse;
        private readonly long[] _d = new long[Limbs.Count];
        private readonly long[] _e = new long[Limbs.Count];
        private readonly long[] _f = new long[Limbs.Count];
        private readonly long[] _g = new long[Limbs.Count];

        // The matrix of a batch, 2^29 (f', g') = (u f + v g, q f + r g), as u + v 2^32 and q + r 2^32: the same is done to both
        // entries of a row.
        private long _top, _bottom;

        /// <param name="modulus">An odd number below 2^256.</param>
        /// <param name="modulusInverse">Its inverse modulo 2^29.</param>
        internal ModularInverse(long[] modulus, long modulusInverse)
        {
            _modulus = modulus;
            _modulusInverse = modulusInverse;
        }

        /// <summary>Replaces x in [0, modulus) with its inverse in [0, modulus); 0 stays 0.</summary>
        internal void Invert(long[] x)
        {
            for (int i = 0; i < Limbs.Count; i++)
            {
                _d[i] = 0;
                _e[i] = 0;
                _f[i] = _modulus[i];
                _g[i] = x[i];
                x[i] = 0;
            }

            _e[0] = 1;
            long zeta = -1;
            for (int i = 0; i < Batches; i++)
            {
                zeta = RunSteps(zeta, _f[0], _g[0]);
                ApplyMatrix();
            }

            // f is now 1 or -1 (or the modulus, if x was 0 and d is 0), and d is f / x.
            Limbs.AddMultiple(x, _d, _f[Limbs.Count - 1] >> 63 | 1);
            Limbs.Reduce(x, _modulus);
            Limbs.Clear(_d);
            Limbs.Clear(_e);
            Limbs.Clear(_f);
            Limbs.Clear(_g);
            _top = _bottom = 0;
        }

        // Twenty-nine steps on the low limbs; zeta is -(delta + 1/2).
        private long RunSteps(long zeta, long f, long g)
        {
            long one = 1, top = 1, bottom = 1L << 32;
            for (int i = 0; i < Limbs.Bits; i++)
            {
                // g odd: f is added to it, or subtracted from it while zeta is negative.
                long factor = (zeta >> 63 | one) * (g & one);
                g += f * factor;
                bottom += top * factor;

                // Subtracted: f takes the value that g had, and zeta changes sides.
                long swap = factor >> 63;
                zeta = (zeta ^ swap) - one;
                f += g & swap;
                top = (top + (bottom & swap)) << 1;
                g >>= 1;
            }

            _top = top;
            _bottom = bottom;
            return zeta;
        }

        // (f, g) := matrix (f, g) / 2^29, whose low limbs come out as zero; and (d, e) := matrix (d, e) / 2^29 modulo the modulus, in
        // (-2 modulus, modulus), with the multiples of the modulus that make the low limbs zero.
        private void ApplyMatrix()
        {
            long u = (int)_top, v = (_top - u) >> 32, q = (int)_bottom, r = (_bottom - q) >> 32, mask = Limbs.Mask;
            long[] d = _d, e = _e, f = _f, g = _g, modulus = _modulus;
            long di = d[0], ei = e[0], fi = f[0], gi = g[0], mi = modulus[0];
            long td = u * di + v * ei, te = q * di + r * ei, tf = u * fi + v * gi, tg = q * fi + r * gi;
            long signD = d[Limbs.Count - 1] >> 63, signE = e[Limbs.Count - 1] >> 63;
            long addD = (u & signD) + (v & signE), addE = (q & signD) + (r & signE);
            addD -= (_modulusInverse * (td & mask) + addD) & mask;
            addE -= (_modulusInverse * (te & mask) + addE) & mask;
            td += mi * addD;
            te += mi * addE;
            int below = 0;
            for (int i = 1; i < Limbs.Count; i++)
            {
                di = d[i];
                ei = e[i];
                fi = f[i];
                gi = g[i];
                mi = modulus[i];
                td = (td >> Limbs.Bits) + u * di + v * ei + mi * addD;
                te = (te >> Limbs.Bits) + q * di + r * ei + mi * addE;
                tf = (tf >> Limbs.Bits) + u * fi + v * gi;
                tg = (tg >> Limbs.Bits) + q * fi + r * gi;
                d[below] = td & mask;
                e[below] = te & mask;
                f[below] = tf & mask;
                g[below] = tg & mask;
                below = i;
            }

            d[below] = td >> Limbs.Bits;
            e[below] = te >> Limbs.Bits;
            f[below] = tf >> Limbs.Bits;
            g[below] = tg >> Limbs.Bits;
        }
    }
}
