namespace DevKit.Dice.Curve
{
    /// <summary>A point of P-256 as (X, Y, ZZ, ZZZ), that is x = X / ZZ, y = Y / ZZZ with ZZ³ = ZZZ² ("XYZZ" coordinates).</summary>
    internal sealed class CurvePoint
    {
        internal readonly FieldElement X = new FieldElement();
        internal readonly FieldElement Y = new FieldElement();
        internal readonly FieldElement ZZ = new FieldElement();
        internal readonly FieldElement ZZZ = new FieldElement();
    }
}
