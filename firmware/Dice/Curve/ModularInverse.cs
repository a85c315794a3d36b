namespace DevKit.Dice.Curve
{
    /// <summary>
    /// Inversion modulo an odd 256-bit number by Bernstein and Yang's division steps ("Fast constant-time gcd computation and modular
    /// inversion", 2019), in the variant that starts at delta = 1/2, for which 590 steps are enough for any input of 256 bits.
    /// </summary>
    /// <remarks>
    /// The steps run in batches of 29, one limb: a batch looks at the low limb of f and g only and gathers what it does to them in a
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

        // The matrix of a batch: 2^29 (f', g') = (u f + v g, q f + r g).
        private long _u, _v, _q, _r;

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
            }

            _e[0] = 1;
            long zeta = -1;
            for (int i = 0; i < Batches; i++)
            {
                zeta = DivisionSteps(zeta, _f[0], _g[0]);
                UpdateQuotients();
                UpdateRemainders();
            }

            // f is now 1 or -1 (or the modulus, if x was 0 and d is 0), and d is f / x.
            long sign = _f[Limbs.Count - 1] >> 63 | 1;
            for (int i = 0; i < Limbs.Count; i++)
            {
                x[i] = 0;
            }

            Limbs.AddMultiple(x, _d, sign);
            Limbs.Reduce(x, _modulus);
            Clear();
        }

        // Twenty-nine steps on the low bits. zeta stands for -(delta + 1/2), as in libsecp256k1's account of this variant. The two
        // rows of the matrix are kept as u + v 2^32 and q + r 2^32, since the same is done to both entries of a row.
        private long DivisionSteps(long zeta, long f, long g)
        {
            long top = 1, bottom = 1L << 32;
            for (int i = 0; i < Limbs.Bits; i++)
            {
                // g odd: add f to it if zeta is not negative, else subtract it.
                long factor = ((zeta >> 63) * 2 + 1) * (g & 1);
                g += f * factor;
                bottom += top * factor;

                // Subtracted: f takes the value that g had.
                long swap = factor >> 63;
                zeta = (zeta ^ swap) - 1;
                f += g & swap;
                top = (top + (bottom & swap)) << 1;
                g >>= 1;
            }

            _u = (int)top;
            _v = (top - _u) >> 32;
            _q = (int)bottom;
            _r = (bottom - _q) >> 32;
            return zeta;
        }

        // (f, g) := matrix (f, g) / 2^29: the low limbs come out as zero.
        private void UpdateRemainders()
        {
            long u = _u, v = _v, q = _q, r = _r;
            long[] f = _f, g = _g;
            long fi = f[0], gi = g[0];
            long tf = (u * fi + v * gi) >> Limbs.Bits;
            long tg = (q * fi + r * gi) >> Limbs.Bits;
            for (int i = 1; i < Limbs.Count; i++)
            {
                fi = f[i];
                gi = g[i];
                tf += u * fi + v * gi;
                tg += q * fi + r * gi;
                f[i - 1] = tf & Limbs.Mask;
                g[i - 1] = tg & Limbs.Mask;
                tf >>= Limbs.Bits;
                tg >>= Limbs.Bits;
            }

            f[Limbs.Count - 1] = tf;
            g[Limbs.Count - 1] = tg;
        }

        // (d, e) := matrix (d, e) / 2^29 modulo the modulus, in (-2 modulus, modulus): multiples of the modulus make the low limbs zero.
        private void UpdateQuotients()
        {
            long u = _u, v = _v, q = _q, r = _r;
            long[] d = _d, e = _e, modulus = _modulus;
            long di = d[0], ei = e[0];
            long signD = d[Limbs.Count - 1] >> 63, signE = e[Limbs.Count - 1] >> 63;
            long td = u * di + v * ei, te = q * di + r * ei;
            long addD = (u & signD) + (v & signE), addE = (q & signD) + (r & signE);
            addD -= (_modulusInverse * (td & Limbs.Mask) + addD) & Limbs.Mask;
            addE -= (_modulusInverse * (te & Limbs.Mask) + addE) & Limbs.Mask;
            long mi = modulus[0];
            td = (td + mi * addD) >> Limbs.Bits;
            te = (te + mi * addE) >> Limbs.Bits;
            for (int i = 1; i < Limbs.Count; i++)
            {
                di = d[i];
                ei = e[i];
                mi = modulus[i];
                td += u * di + v * ei + mi * addD;
                te += q * di + r * ei + mi * addE;
                d[i - 1] = td & Limbs.Mask;
                e[i - 1] = te & Limbs.Mask;
                td >>= Limbs.Bits;
                te >>= Limbs.Bits;
            }

            d[Limbs.Count - 1] = td;
            e[Limbs.Count - 1] = te;
        }

        private void Clear()
        {
            Limbs.Clear(_d);
            Limbs.Clear(_e);
            Limbs.Clear(_f);
            Limbs.Clear(_g);
            _u = _v = _q = _r = 0;
        }
    }
}
