namespace DevKit.Dice.Curve
{
    /// <summary>
    /// Multiplies P-256's base point by secret numbers, and turns the results into coordinates. It holds the table and the working
    /// memory, so one is made for a derivation or a signature and dropped with it.
    /// </summary>
    /// <remarks>
    /// <para>A signed comb with six teeth 43 digits apart, in three blocks of 15 columns (Lim and Lee, CRYPTO '94; signs after Hamburg,
    /// ePrint 2012/309, 3.3). An odd k is a sum of ± 2^i for i from 0 to 257: the sign of 2^i is bit i + 1 of k, and the last is +. So each
    /// of the 43 columns is one point of the table or its negative, never nothing: 42 additions and 14 doublings whatever k is.</para>
    /// <para>An index into the table is the one thing that depends on k. Adding a point to itself or its negative, for which the
    /// formula gives ZZ = 0, happens for a few thousand k next to n only; see <see cref="MultiplyBitByBit"/>.</para>
    /// </remarks>
    internal sealed class GeneratorMultiplier
    {
        private const int Columns = 43;
        private const int ColumnsPerBlock = 15;

        private readonly ulong[] _table = GeneratorTable.Create();
        private readonly ModularInverse _inverse = new ModularInverse(P256.Prime, P256.PrimeInverse);
        private readonly long[] _limbs = new long[Limbs.Count];
        private readonly FieldElement _x = new FieldElement();
        private readonly FieldElement _y = new FieldElement();
        private readonly FieldElement _p = new FieldElement();
        private readonly FieldElement _r = new FieldElement();
        private readonly FieldElement _pp = new FieldElement();
        private readonly FieldElement _ppp = new FieldElement();
        private readonly FieldElement _q = new FieldElement();

        /// <summary>result = k G for k in [1, n).</summary>
        internal void Multiply(CurvePoint result, long[] k)
        {
            long[] odd = _limbs;
            long sign = Scalar.MakeOdd(odd, k);
            long k0 = odd[0], k1 = odd[1], k2 = odd[2], k3 = odd[3], k4 = odd[4], k5 = odd[5], k6 = odd[6], k7 = odd[7], k8 = odd[8];

            // The bits of the six teeth: 43 from bit 43 i + 1 of k on; what stands above them does no harm.
            long tooth0 = k0 >> 1 | k1 << 28;
            long tooth1 = k1 >> 15 | k2 << 14 | k3 << 43;
            long tooth2 = k3 | k4 << 29;
            long tooth3 = k4 >> 14 | k5 << 15 | k6 << 44;
            long tooth4 = k5 >> 28 | k6 << 1 | k7 << 30;
            long tooth5 = k7 >> 13 | k8 << 16 | 1L << 42;
            bool first = true;
            for (int row = ColumnsPerBlock - 1; row >= 0; row--)
            {
                if (!first)
                {
                    Double(result);
                }

                int block = 0;
                for (int column = row; column < Columns; column += ColumnsPerBlock)
                {
                    // All signs turned where the sixth tooth's is a minus: 0 or -1.
                    long turn = (tooth5 >> column & 1) - 1;
                    long index = ((tooth0 >> column & 1) | (tooth1 >> column & 1) << 1 | (tooth2 >> column & 1) << 2
                        | (tooth3 >> column & 1) << 3 | (tooth4 >> column & 1) << 4) ^ (turn & 31);
                    int at = (block + (int)index) * GeneratorTable.WordsPerPoint;
                    _x.Load(_table, at, 1);
                    _y.Load(_table, at + 4, (turn << 1 | 1) * sign);
                    block += GeneratorTable.PointsPerBlock;
                    if (first)
                    {
                        Set(result);
                        first = false;
                    }
                    else
                    {
                        Add(result);
                    }
                }
            }

            result.ZZZ.Store(_limbs);
            Limbs.Reduce(_limbs, P256.Prime);
            if (Limbs.IsZero(_limbs))
            {
                MultiplyBitByBit(result, k);
            }
        }

        /// <summary>The coordinates of several points for one inversion (Montgomery's trick), 32 + 32 bytes each.</summary>
        /// <param name="points">Points that are not zero; they are used up.</param>
        /// <returns>X || Y, big-endian, for each.</returns>
        internal byte[][] ToCoordinates(CurvePoint[] points)
        {
            // ahead[i] is the product of the ZZZ of the points before i.
            FieldElement[] ahead = new FieldElement[points.Length];
            FieldElement product = _p;
            product.Load(P256.PrimeR);
            for (int i = 0; i < points.Length; i++)
            {
                ahead[i] = new FieldElement();
                FieldElement.Combine(ahead[i], 1, product, 0, product);
                FieldElement.Multiply(product, product, points[i].ZZZ);
            }

            product.Store(_limbs);
            Limbs.Reduce(_limbs, P256.Prime);
            _inverse.Invert(_limbs);
            product.Load(_limbs);
            _r.Load(P256.PrimeR3);
            FieldElement.Multiply(product, product, _r);

            byte[][] coordinates = new byte[points.Length][];
            for (int i = points.Length - 1; i >= 0; i--)
            {
                CurvePoint point = points[i];
                FieldElement inverse = ahead[i];
                FieldElement.Multiply(inverse, inverse, product);
                FieldElement.Multiply(product, product, point.ZZZ);

                // 1 / ZZ = (ZZ / ZZZ)², since ZZ³ = ZZZ².
                FieldElement.Multiply(point.Y, point.Y, inverse);
                FieldElement.Multiply(inverse, inverse, point.ZZ);
                FieldElement.Square(inverse, inverse);
                FieldElement.Multiply(point.X, point.X, inverse);
                coordinates[i] = new byte[64];
                WriteNumber(point.X, coordinates[i], 0);
                WriteNumber(point.Y, coordinates[i], 32);
                inverse.Clear();
            }

            return coordinates;
        }

        /// <summary>Wipes the working memory.</summary>
        internal void Clear()
        {
            Limbs.Clear(_limbs);
            _x.Clear();
            _y.Clear();
            _p.Clear();
            _r.Clear();
            _pp.Clear();
            _ppp.Clear();
            _q.Clear();
        }

        // Out of Montgomery form (a product with a plain 1 divides by 2^261) and into bytes.
        private void WriteNumber(FieldElement a, byte[] bytes, int offset)
        {
            _q.Clear();
            _q.L0 = 1;
            FieldElement.Multiply(_q, _q, a);
            _q.Store(_limbs);
            Limbs.Reduce(_limbs, P256.Prime);
            Limbs.ToBytes(_limbs, bytes, offset);
        }

        // point = (_x, _y)
        private void Set(CurvePoint point)
        {
            FieldElement.Combine(point.X, 1, _x, 0, _x);
            FieldElement.Combine(point.Y, 1, _y, 0, _y);
            point.ZZ.Load(P256.PrimeR);
            point.ZZZ.Load(P256.PrimeR);
        }

        // point += (_x, _y): 8 products, of which 2 share a reduction, and 2 squares ("madd-2008-s"). Not for a point and itself or its negative.
        private void Add(CurvePoint point)
        {
            FieldElement p = _p, r = _r, pp = _pp, ppp = _ppp, q = _q;
            FieldElement.Multiply(p, _x, point.ZZ);
            FieldElement.Subtract(p, p, point.X);
            FieldElement.Multiply(r, _y, point.ZZZ);
            FieldElement.Subtract(r, r, point.Y);
            FieldElement.Square(pp, p);
            FieldElement.Multiply(ppp, p, pp);
            FieldElement.Multiply(q, point.X, pp);
            FieldElement.Square(p, r);
            FieldElement.Subtract(p, p, ppp);
            FieldElement.Combine(point.X, 1, p, -2, q);
            FieldElement.Subtract(q, q, point.X);
            FieldElement.ProductDifference(point.Y, r, q, point.Y, ppp);
            FieldElement.Multiply(point.ZZ, point.ZZ, pp);
            FieldElement.Multiply(point.ZZZ, point.ZZZ, ppp);
        }

        // point = 2 point: 7 products, of which 2 share a reduction, and 2 squares ("dbl-2008-s-1" with a = -3).
        private void Double(CurvePoint point)
        {
            FieldElement u = _p, v = _pp, w = _ppp, s = _q, m = _r;
            FieldElement.Combine(u, 2, point.Y, 0, point.Y);
            FieldElement.Square(v, u);
            FieldElement.Multiply(w, u, v);
            FieldElement.Multiply(s, point.X, v);
            FieldElement.Subtract(m, point.X, point.ZZ);
            FieldElement.Add(u, point.X, point.ZZ);
            FieldElement.Multiply(m, m, u);
            FieldElement.Combine(m, 3, m, 0, m);
            FieldElement.Square(u, m);
            FieldElement.Combine(point.X, 1, u, -2, s);
            FieldElement.Subtract(s, s, point.X);
            FieldElement.ProductDifference(point.Y, m, s, w, point.Y);
            FieldElement.Multiply(point.ZZ, point.ZZ, v);
            FieldElement.Multiply(point.ZZZ, point.ZZZ, w);
        }

        // The school method, for the few k at which the comb meets a point that it is about to add: n less a number below 2^248 of a
        // pattern of its own. No key and no nonce will ever be one of them; the answer is right all the same. The method itself meets none:
        // it adds G to 2 m G, and 2 m = ±1 modulo n only for m beyond (n - 1) / 2, where 2 m + 1 is not below n.
        private void MultiplyBitByBit(CurvePoint result, long[] k)
        {
            ulong[] generator = GeneratorTable.CreateGenerator();
            _x.Load(generator, 0, 1);
            _y.Load(generator, 4, 1);
            bool first = true;
            for (int i = 255; i >= 0; i--)
            {
                if (!first)
                {
                    Double(result);
                }

                if ((k[i / Limbs.Bits] >> i % Limbs.Bits & 1) != 0)
                {
                    if (first)
                    {
                        Set(result);
                        first = false;
                    }
                    else
                    {
                        Add(result);
                    }
                }
            }
        }
    }
}
