namespace DevKit.StSafe
{
    /// <summary>Lets time pass between two polls of the chip; <see cref="System.Threading.Thread.Sleep(int)"/> has this shape.</summary>
    /// <param name="milliseconds">How long, in milliseconds.</param>
    public delegate void StSafePause(int milliseconds);
}
