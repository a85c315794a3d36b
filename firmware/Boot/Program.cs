using System.Threading;

namespace DevKit.Boot
{
    /// <summary>Where nanoCLR starts.</summary>
    public static class Program
    {
        /// <summary>Runs the first stage.</summary>
        public static void Main()
        {
            new FirstStage(BoardParts.Open(), MeasuredImage.Read()).Run();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
