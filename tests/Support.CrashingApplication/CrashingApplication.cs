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
            default:
                throw new InvalidOperationException("thrown by Run");
        }
    }
}
