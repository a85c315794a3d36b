namespace DevKit.Dice.Curve
{
    /// <summary>
    /// A point of P-256 other than zero as (X, Y, ZZ, ZZZ): x = X / ZZ and y = Y / ZZZ with ZZ³ = ZZZ². These are "XYZZ" coordinates; the
    /// formulas have the names of the Explicit-Formulas Database.
    /// </summary>
    /// <remarks>
    /// An operation changes the point in place and is lent the field elements that it works in. Operators that return a new element read
    /// better, and cost more: 481,668 IL instructions for a multiple of the base point where these take 474,903, and 94,800 bytes allocated
    /// for it where these take 9,120.
    /// </remarks>
    internal sealed class CurvePoint
    {
        internal readonly FieldElement X = new FieldElement();
        internal readonly FieldElement Y = new FieldElement();
        internal readonly FieldElement ZZ = new FieldElement();
        internal readonly FieldElement ZZZ = new FieldElement();

        private const int Columns = 43;
        private const int ColumnsPerBlock = 15;

        /// <summary>k G for each of some k in [1, n), where G is the base point.</summary>
        /// <remarks>
        /// <para>A signed comb with six teeth 43 digits apart, in three blocks of 15 columns (Lim and Lee, CRYPTO '94; signs after Hamburg,
        /// ePrint 2012/309, 3.3). An odd k is a sum of ± 2^i for i from 0 to 257: the sign of 2^i is bit i + 1 of k, and the last is +. So
        /// each of the 43 columns is one point of the table or its negative, never nothing: 42 additions and 14 doublings whatever k is. An
        /// index into the table is the one thing that depends on k.</para>
        /// <para><see cref="Add"/> fails for a point and itself or its negative. It never meets them. Say a G is the sum so far and t G the
        /// point to be added, and look at a ± t, of which one would have to be a multiple of n. Columns are taken from high to low, so a is
        /// twice an odd number wherever t is a multiple of 4, and even where t is odd: a ± t is not 0, and in size it is below 3 n / 2. So
        /// only ± n is left, which is odd; it takes an odd t, and k's full size, and so the very last column: k - 2 t = n. Of the 64 t that
        /// a column can be, none is the last column of n + 2 t; a test goes through them.</para>
        /// <para>The table is in memory for no longer than this takes.</para>
        /// </remarks>
        internal static CurvePoint[] MultiplyBase(long[][] scalars)
        {
            ulong[] table = GeneratorTable.Create();
            long[] odd = new long[Limbs.Count];
            Scratch scratch = new Scratch();
            CurvePoint[] points = new CurvePoint[scalars.Length];
            try
            {
                for (int i = 0; i < points.Length; i++)
                {
                    long sign = Scalar.MakeOdd(odd, scalars[i]);
                    points[i] = new CurvePoint();
                    points[i].MultiplyBase(odd, sign, table, scratch);
                }

                return points;
            }
            finally
            {
                Limbs.Clear(odd);
            }
        }

        /// <summary>The affine coordinates of several points, for one inversion (Montgomery's trick).</summary>
        /// <param name="points">The points; they are used up.</param>
        /// <param name="offset">How many bytes to leave free in front.</param>
        /// <returns>x || y, 32 + 32 big-endian bytes, for each.</returns>
        internal static byte[][] ToAffine(CurvePoint[] points, int offset)
        {
            // before[i] is the product of the ZZZ of the points before i.
            FieldElement[] before = new FieldElement[points.Length];
            FieldElement product = new FieldElement(), one = new FieldElement(), zero = FieldElement.Zero;
            FieldElement.Scale(product, 1, points[0].ZZZ);
            for (int i = 1; i < points.Length; i++)
            {
                before[i] = new FieldElement();
                FieldElement.Scale(before[i], 1, product);
                FieldElement.Multiply(product, product, points[i].ZZZ, zero);
            }

            FieldElement.Invert(product, product);

            // A product with a plain 1 leads out of Montgomery form.
            one.L0 = 1;
            long[] limbs = new long[Limbs.Count];
            byte[][] coordinates = new byte[points.Length][];
            for (int i = points.Length - 1; i >= 0; i--)
            {
                CurvePoint point = points[i];
                FieldElement inverse = product;
                if (i > 0)
                {
                    inverse = before[i];
                    FieldElement.Multiply(inverse, inverse, product, zero);
                    FieldElement.Multiply(product, product, point.ZZZ, zero);
                }

                // 1 / ZZ = (ZZ / ZZZ)², since ZZ³ = ZZZ².
                FieldElement.Multiply(point.Y, point.Y, inverse, zero);
                FieldElement.Multiply(point.Y, point.Y, one, zero);
                FieldElement.Multiply(inverse, inverse, point.ZZ, zero);
                FieldElement.Square(inverse, inverse, zero);
                FieldElement.Multiply(point.X, point.X, inverse, zero);
                FieldElement.Multiply(point.X, point.X, one, zero);
                coordinates[i] = new byte[offset + 64];
                point.X.Store(limbs);
                Limbs.ToBytes(limbs, coordinates[i], offset);
                point.Y.Store(limbs);
                Limbs.ToBytes(limbs, coordinates[i], offset + 32);
            }

            return coordinates;
        }

        /// <summary>this = (x, y).</summary>
        internal void Set(FieldElement x, FieldElement y)
        {
            FieldElement.Scale(X, 1, x);
            FieldElement.Scale(Y, 1, y);
            ZZ.Load(P256.PrimeR);
            ZZZ.Load(P256.PrimeR);
        }

        /// <summary>
        /// this += (x, y), "madd-2008-s": 8 products and 2 squares. Not for a point and itself or its negative. x is used up.
        /// </summary>
        internal void Add(FieldElement x, FieldElement y, Scratch scratch)
        {
            FieldElement p = scratch.A, r = scratch.B, pp = scratch.C, ppp = scratch.D, q = x, zero = FieldElement.Zero;
            FieldElement.Multiply(p, x, ZZ, X);             // P = x ZZ - X
            FieldElement.Multiply(r, y, ZZZ, Y);            // R = y ZZZ - Y
            FieldElement.Square(pp, p, zero);               // PP = P²
            FieldElement.Multiply(ppp, p, pp, zero);        // PPP = P PP
            FieldElement.Multiply(q, X, pp, zero);          // Q = X PP
            FieldElement.AddMultiple(p, ppp, 2, q);         // X = R² - (PPP + 2 Q)
            FieldElement.Square(X, r, p);
            FieldElement.AddMultiple(q, q, -1, X);          // Y = R (Q - X) - Y PPP
            FieldElement.Multiply(p, Y, ppp, zero);
            FieldElement.Multiply(Y, r, q, p);
            FieldElement.Multiply(ZZ, ZZ, pp, zero);        // ZZ = ZZ PP
            FieldElement.Multiply(ZZZ, ZZZ, ppp, zero);     // ZZZ = ZZZ PPP
        }

        /// <summary>this = 2 this, "dbl-2008-s-1" for a = -3: 7 products and 2 squares.</summary>
        internal void Double(Scratch scratch)
        {
            FieldElement u = scratch.A, v = scratch.B, w = scratch.C, s = scratch.X, m = scratch.D, zero = FieldElement.Zero;
            FieldElement.Scale(u, 2, Y);                    // U = 2 Y
            FieldElement.Square(v, u, zero);                // V = U²
            FieldElement.Multiply(w, u, v, zero);           // W = U V
            FieldElement.Multiply(s, X, v, zero);           // S = X V
            FieldElement.AddMultiple(m, X, -1, ZZ);         // M = 3 (X - ZZ) (X + ZZ)
            FieldElement.AddMultiple(u, X, 1, ZZ);
            FieldElement.Multiply(m, m, u, zero);
            FieldElement.Scale(m, 3, m);
            FieldElement.AddMultiple(u, s, 1, s);           // X = M² - 2 S
            FieldElement.Square(X, m, u);
            FieldElement.AddMultiple(s, s, -1, X);          // Y = M (S - X) - W Y
            FieldElement.Multiply(u, w, Y, zero);
            FieldElement.Multiply(Y, m, s, u);
            FieldElement.Multiply(ZZ, ZZ, v, zero);         // ZZ = V ZZ
            FieldElement.Multiply(ZZZ, ZZZ, w, zero);       // ZZZ = W ZZZ
        }

        // this = sign k G, k odd.
        private void MultiplyBase(long[] k, long sign, ulong[] table, Scratch scratch)
        {
            FieldElement x = scratch.X, y = scratch.Y;
            long k0 = k[0], k1 = k[1], k2 = k[2], k3 = k[3], k4 = k[4], k5 = k[5], k6 = k[6], k7 = k[7], k8 = k[8];

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
                    Double(scratch);
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
                    x.Load(table, at, 1);
                    y.Load(table, at + 4, (turn << 1 | 1) * sign);
                    if (first)
                    {
                        Set(x, y);
                        first = false;
                    }
                    else
                    {
                        Add(x, y, scratch);
                    }
                }
            }
        }

        /// <summary>The field elements that a multiplication works in; what it leaves in them is of no use.</summary>
        internal sealed class Scratch
        {
            // The point of the table that is added.
            internal readonly FieldElement X = new FieldElement();
            internal readonly FieldElement Y = new FieldElement();

            // What an addition or a doubling works in; a doubling, in X as well.
            internal readonly FieldElement A = new FieldElement();
            internal readonly FieldElement B = new FieldElement();
            internal readonly FieldElement C = new FieldElement();
            internal readonly FieldElement D = new FieldElement();
        }
    }
}
