namespace DevKit.Dice.Curve
{
    /// <summary>Multiplies P-256's base point G by secret numbers.</summary>
    /// <remarks>
    /// <para>A signed comb with six teeth 43 digits apart, in three blocks of 15 columns (Lim and Lee, CRYPTO '94; signs after Hamburg,
    /// ePrint 2012/309, 3.3). An odd k is a sum of ± 2^i for i from 0 to 257: the sign of 2^i is bit i + 1 of k, and the last is +. So each
    /// of the 43 columns is one point of the table or its negative, never nothing: 42 additions and 14 doublings whatever k is. An index
    /// into the table is the one thing that depends on k.</para>
    /// <para>The formula for an addition fails for a point and itself or its negative. It never meets them. Say a G is the sum so far and
    /// t G the point to be added, and look at a ± t, of which one would have to be a multiple of n. Columns are taken from high to
    /// low, so a is twice an odd number wherever t is a multiple of 4, and even where t is odd: a ± t is not 0, and in size it is below
    /// 3 n / 2. So only ± n is left, which is odd; it takes an odd t, and k's full size, and so the very last column: k - 2 t = n. Of
    /// the 64 t that a column can be, none is the last column of n + 2 t; a test goes through them.</para>
    /// </remarks>
    internal sealed class GeneratorMultiplier
    {
        private const int Columns = 43;
        private const int ColumnsPerBlock = 15;

        private readonly ulong[] _table = GeneratorTable.Create();
        private readonly long[] _limbs = new long[Limbs.Count];
        private readonly FieldElement _x = new FieldElement();
        private readonly FieldElement _y = new FieldElement();
        private readonly FieldElement _p = new FieldElement();
        private readonly FieldElement _r = new FieldElement();
        private readonly FieldElement _pp = new FieldElement();
        private readonly FieldElement _ppp = new FieldElement();

        private GeneratorMultiplier()
        {
        }

        /// <summary>k G for each of some k in [1, n). The table is in memory for no longer than this takes.</summary>
        internal static CurvePoint[] Multiply(long[][] scalars)
        {
            GeneratorMultiplier multiplier = new GeneratorMultiplier();
            CurvePoint[] points = new CurvePoint[scalars.Length];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = new CurvePoint();
                multiplier.Multiply(points[i], scalars[i]);
            }

            Limbs.Clear(multiplier._limbs);
            return points;
        }

        private void Multiply(CurvePoint point, long[] k)
        {
            long[] odd = _limbs;
            long sign = Scalar.MakeOdd(odd, k);
            long k0 = odd[0], k1 = odd[1], k2 = odd[2], k3 = odd[3], k4 = odd[4], k5 = odd[5], k6 = odd[6], k7 = odd[7], k8 = odd[8];

            // The signs of the six teeth: 43 bits each, from bit 43 i + 1 of k on; what stands above them does no harm.
            long tooth0 = k0 >> 1 | k1 << 28;
            long tooth1 = k1 >> 15 | k2 << 14;
            long tooth2 = k3 | k4 << 29;
            long tooth3 = k4 >> 14 | k5 << 15;
            long tooth4 = k5 >> 28 | k6 << 1 | k7 << 30;
            long tooth5 = k7 >> 13 | k8 << 16 | 1L << 42;
            bool first = true;
            for (int row = ColumnsPerBlock - 1; row >= 0; row--)
            {
                if (!first)
                {
                    Double(point);
                }

                for (int block = GeneratorTable.Blocks - 1; block >= 0; block--)
                {
                    int column = row + block * ColumnsPerBlock;
                    if (column >= Columns)
                    {
                        continue;
                    }

                    // All signs turned where the sixth tooth's is a minus: 0 or -1.
                    long turn = (tooth5 >> column & 1) - 1;
                    long index = ((tooth0 >> column & 1) | (tooth1 >> column & 1) << 1 | (tooth2 >> column & 1) << 2
                        | (tooth3 >> column & 1) << 3 | (tooth4 >> column & 1) << 4) ^ (turn & 31);
                    int at = (block * GeneratorTable.PointsPerBlock + (int)index) * GeneratorTable.WordsPerPoint;
                    _x.Load(_table, at, 1);
                    _y.Load(_table, at + 4, (turn << 1 | 1) * sign);
                    if (first)
                    {
                        Set(point);
                        first = false;
                    }
                    else
                    {
                        Add(point);
                    }
                }
            }
        }

        // point = (_x, _y)
        private void Set(CurvePoint point)
        {
            FieldElement.Scale(point.X, 1, _x);
            FieldElement.Scale(point.Y, 1, _y);
            point.ZZ.Load(P256.PrimeR);
            point.ZZZ.Load(P256.PrimeR);
        }

        // point += (_x, _y): 8 products and 2 squares ("madd-2008-s"). Not for a point and itself or its negative.
        private void Add(CurvePoint point)
        {
            FieldElement p = _p, r = _r, pp = _pp, ppp = _ppp, q = _x, zero = FieldElement.Zero;
            FieldElement.Multiply(p, _x, point.ZZ, point.X);
            FieldElement.Multiply(r, _y, point.ZZZ, point.Y);
            FieldElement.Square(pp, p, zero);
            FieldElement.Multiply(ppp, p, pp, zero);
            FieldElement.Multiply(q, point.X, pp, zero);
            FieldElement.Add(p, ppp, 2, q);
            FieldElement.Square(point.X, r, p);
            FieldElement.Add(q, q, -1, point.X);
            FieldElement.Multiply(p, point.Y, ppp, zero);
            FieldElement.Multiply(point.Y, r, q, p);
            FieldElement.Multiply(point.ZZ, point.ZZ, pp, zero);
            FieldElement.Multiply(point.ZZZ, point.ZZZ, ppp, zero);
        }

        // point = 2 point: 7 products and 2 squares ("dbl-2008-s-1" with a = -3).
        private void Double(CurvePoint point)
        {
            FieldElement u = _p, v = _pp, w = _ppp, s = _x, m = _r, zero = FieldElement.Zero;
            FieldElement.Scale(u, 2, point.Y);
            FieldElement.Square(v, u, zero);
            FieldElement.Multiply(w, u, v, zero);
            FieldElement.Multiply(s, point.X, v, zero);
            FieldElement.Add(m, point.X, -1, point.ZZ);
            FieldElement.Add(u, point.X, 1, point.ZZ);
            FieldElement.Multiply(m, m, u, zero);
            FieldElement.Scale(m, 3, m);
            FieldElement.Add(u, s, 1, s);
            FieldElement.Square(point.X, m, u);
            FieldElement.Add(s, s, -1, point.X);
            FieldElement.Multiply(u, w, point.Y, zero);
            FieldElement.Multiply(point.Y, m, s, u);
            FieldElement.Multiply(point.ZZ, point.ZZ, v, zero);
            FieldElement.Multiply(point.ZZZ, point.ZZZ, w, zero);
        }
    }
}
