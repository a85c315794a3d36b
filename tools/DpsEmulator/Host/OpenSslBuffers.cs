using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DevKit.DpsEmulator.Host;

/// <summary>
/// OpenSSL's two buffers of a connection, 17 KB each. OpenSSL can give them back while nothing is on its way
/// (SSL_MODE_RELEASE_BUFFERS), but .NET does not let it, and has no way to ask for it: so this reaches for the handle that is inside
/// of <see cref="SslStream"/>. Where that, or OpenSSL 3, is not there, a connection has its buffers as before, and nothing else changes.
/// </summary>
internal static class OpenSslBuffers
{
    /// <summary>SSL_CTRL_MODE of ssl.h.</summary>
    private const int ControlMode = 33;

    /// <summary>SSL_MODE_RELEASE_BUFFERS of ssl.h.</summary>
    private const nint ReleaseMode = 0x10;

    /// <summary>.NET's type of a handle that is an <c>SSL *</c>: no other is passed to OpenSSL.</summary>
    private const string SslHandle = "SafeSslHandle";

    private const long OpenSsl3 = 0x3000_0000;

    private static readonly FieldInfo? SecurityContext = OperatingSystem.IsLinux()
        && SafeEvpPKeyHandle.OpenSslVersion >= OpenSsl3
        && NativeLibrary.TryLoad("libssl.so.3", out _)
            ? typeof(SslStream).GetField("_securityContext", BindingFlags.NonPublic | BindingFlags.Instance)
            : null;

    /// <summary>Has a connection give its buffers back whenever they are empty; false where that cannot be.</summary>
    internal static bool TryRelease(SslStream stream) =>
        SecurityContext?.GetValue(stream) is SafeHandle { IsInvalid: false } ssl
        && ssl.GetType().Name == SslHandle
        && (Control(ssl, ControlMode, ReleaseMode, 0) & ReleaseMode) != 0;

    [DllImport("libssl.so.3", EntryPoint = "SSL_ctrl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Control(SafeHandle ssl, int command, nint value, nint pointer);
}
