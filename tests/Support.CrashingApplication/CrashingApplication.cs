using DevKit.Board.Handover;

namespace DevKit.Support.CrashingApplication;

/// <summary>An application image that fails in the way that its Wi-Fi name says.</summary>
public sealed class CrashingApplication : IApplication
{
    public void Run(Handover handover)
    {
        switch (handover.Settings.WifiSsid)
        {
            case "return":
                return;
            case "report":
                StartReport start = handover.Start;
                throw new InvalidOperationException(
                    $"{start.ResetReason}, {start.CrashesInARow}, Boot {start.BootVersion}, application {start.FirmwareVersion}");
            default:
                throw new InvalidOperationException("thrown by Run");
        }
    }
}
