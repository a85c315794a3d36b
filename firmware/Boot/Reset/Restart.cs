using System.Threading;
using nanoFramework.Runtime.Native;

namespace DevKit.Boot.Reset
{
    /// <summary>Starts the board again.</summary>
    public static class Restart
    {
        // Enough for the last line to leave the UART at 115200 baud before the reset.
        private const int DrainMilliseconds = 100;

        /// <summary>Leaves word for the next start and resets the board. Does not return.</summary>
        /// <param name="reason">Why.</param>
        /// <param name="crashesInARow">How often the application has crashed in a row.</param>
        public static void Now(ResetReason reason, int crashesInARow)
        {
            BootRecord.Announce(reason, crashesInARow);
            Thread.Sleep(DrainMilliseconds);

            // nanoCLR only notes that a reset is wanted and lets the thread run on.
            Power.RebootDevice();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
