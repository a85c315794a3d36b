namespace DevKit.Dice.Curve
{
    /// <summary>From points of the curve to their coordinates.</summary>
    internal static class Coordinates
    {
        /// <summary>The length of both coordinates in bytes.</summary>
        internal const int Length = 64;

        /// <summary>The coordinates of several points for one inversion (Montgomery's trick).</summary>
        /// <param name="points">Points that are not zero; they are used up.</param>
        /// <param name="destinations">Where X || Y, 32 + 32 big-endian bytes, goes for each.</param>
        /// <param name="offset">The index of the first byte.</param>
        internal static void Write(CurvePoint[] points, byte[][] destinations, int offset)
        {
            // ahead[i] is the product of the ZZZ of the points before i.
            FieldElement[] ahead = new FieldElement[points.Length];
            FieldElement product = new FieldElement(), factor = new FieldElement(), zero = FieldElement.Zero;
            product.Load(P256.PrimeR);
            for (int i = 0; i < points.Length; i++)
            {
                ahead[i] = new FieldElement();
                FieldElement.Scale(ahead[i], 1, product);
                FieldElement.Multiply(product, product, points[i].ZZZ, zero);
            }

            long[] limbs = new long[Limbs.Count];
            product.Store(limbs);
            new ModularInverse(P256.Prime, P256.PrimeInverse).Invert(limbs);
            product.Load(limbs);
            factor.Load(P256.PrimeR3);
            FieldElement.Multiply(product, product, factor, zero);

            // A product with a plain 1 divides by 2^261, and so leads out of Montgomery form.
            limbs = new long[Limbs.Count];
            limbs[0] = 1;
            factor.Load(limbs);
            for (int i = points.Length - 1; i >= 0; i--)
            {
                CurvePoint point = points[i];
                FieldElement inverse = ahead[i];
                FieldElement.Multiply(inverse, inverse, product, zero);
                FieldElement.Multiply(product, product, point.ZZZ, zero);

                // 1 / ZZ = (ZZ / ZZZ)², since ZZ³ = ZZZ².
                FieldElement.Multiply(point.Y, point.Y, inverse, zero);
                FieldElement.Multiply(point.Y, point.Y, factor, zero);
                FieldElement.Multiply(inverse, inverse, point.ZZ, zero);
                FieldElement.Square(inverse, inverse, zero);
                FieldElement.Multiply(point.X, point.X, inverse, zero);
                FieldElement.Multiply(point.X, point.X, factor, zero);
                point.X.Store(limbs);
                Limbs.ToBytes(limbs, destinations[i], offset);
                point.Y.Store(limbs);
                Limbs.ToBytes(limbs, destinations[i], offset + 32);
            }
        }
    }
}
