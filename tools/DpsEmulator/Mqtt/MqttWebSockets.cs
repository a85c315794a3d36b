using DevKit.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DevKit.DpsEmulator.Mqtt;

/// <summary>MQTT over WebSockets (MQTT 3.1.1, 6), where Azure's SDKs look for it.</summary>
internal static class MqttWebSockets
{
    /// <summary>The hub's path, which most SDKs use for DPS too.</summary>
    internal const string Path = "/$iothub/websocket";

    /// <summary>The WebSocket subprotocol (MQTT-6.0.0-3); SDKs write it in either case.</summary>
    private const string SubProtocol = "mqtt";

    /// <summary>Serves MQTT at <see cref="Path"/>, and at the root, where the .NET SDK looks for DPS.</summary>
    internal static void UseMqttWebSockets(this IApplicationBuilder application)
    {
        // MQTT has a keep-alive of its own.
        application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        application.Use(InvokeAsync);
    }

    private static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        bool isWebSocket = context.WebSockets.IsWebSocketRequest;
        string? subProtocol = context.WebSockets.WebSocketRequestedProtocols
            .FirstOrDefault(asked => asked.Equals(SubProtocol, StringComparison.OrdinalIgnoreCase));
        if (context.Request.Path != Path && !(isWebSocket && context.Request.Path == "/"))
        {
            // No CONNECT will come.
            context.Features.Get<ConnectLimit.Waiting>()?.Dispose();
            return next(context);
        }

        return isWebSocket && subProtocol is not null
            ? ServeAsync(context, subProtocol)
            : RefuseAsync(
                context,
                isWebSocket
                    ? $"Here is MQTT alone: ask for it with Sec-WebSocket-Protocol: {SubProtocol}."
                    : $"{Path} is for WebSockets: send an Upgrade.");
    }

    private static Task RefuseAsync(HttpContext context, string reason)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(reason);
    }

    private static async Task ServeAsync(HttpContext context, string subProtocol)
    {
        using System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(subProtocol);
        var pipe = new WebSocketPipe(socket);
        var endpoint = context.RequestServices.GetRequiredService<MqttEndpoint>();
        await pipe.RunAsync(() => endpoint.ServeAsync(pipe, context.Features, _ => context.Abort()), context.RequestAborted);
    }
}
