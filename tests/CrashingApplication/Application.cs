using DevKit.Board;

namespace DevKit.Dps;

/// <summary>An application image that fails in the way that its Wi-Fi name says.</summary>
public sealed class Application : IApplication
{
    public void Run(Handover handover)
    {
        switch (handover.Settings.WifiSsid)
        {
            case "return":
                return;
            case "thread":
                handover.Crashes.StartThread(() => throw new InvalidOperationException("thrown on a thread"));
                Thread.Sleep(Timeout.Infinite);
                break;
            case "report":
                handover.Crashes.Report(new InvalidOperationException("reported by a callback"));
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                throw new InvalidOperationException("thrown by Run");
        }
    }
}
