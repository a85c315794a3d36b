using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DevKit.DpsEmulator.Attestations;
using DevKit.DpsEmulator.Dps;
using DevKit.DpsEmulator.Enrollments;
using DevKit.DpsEmulator.Events;
using DevKit.DpsEmulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace DevKit.DpsEmulator.Service;

/// <summary>The API that devices register by over HTTPS: the same requests as over MQTT, and the same answers.</summary>
internal sealed class DeviceRegistrationApi(
    DpsService dps, DpsRegistrations registrations, FaultRules faults, EventLog log, TimeProvider clock)
{
    internal void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/{idScope}/registrations/{id}/register", (string idScope, string id, HttpContext context) =>
            AnswerAsync(idScope, id, context, (name, proof, body) => registrations.Register(name, proof, body)));
        routes.MapGet(
            "/{idScope}/registrations/{id}/operations/{operation}", (string idScope, string id, string operation, HttpContext context) =>
            AnswerAsync(idScope, id, context, (name, proof, _) => registrations.GetStatus(name, proof, operation)));
        routes.MapPost("/{idScope}/registrations/{id}", (string idScope, string id, HttpContext context) =>
            AnswerAsync(idScope, id, context, (name, proof, body) => registrations.LookUp(name, proof, body)));
    }

    private async Task<IResult> AnswerAsync(
        string idScope, string id, HttpContext context, Func<DpsUserName, DeviceProof, byte[], DpsAnswer> answer)
    {
        if (!context.Request.IsHttps)
        {
            return Results.NotFound();
        }

        var name = new DpsUserName(idScope, id, context.Request.Query["api-version"].ToString());
        FaultRule? fault = faults.Take(
            FaultService.Dps, id, FaultKind.Drop, FaultKind.Delay, FaultKind.Status, FaultKind.Garbage);
        if (fault is not null && await StrikeAsync(fault, context) is { } struck)
        {
            return struck;
        }

        if (idScope != dps.IdScope)
        {
            return Refuse(
                404, 404001, "IoT Hub Device Provisioning Service not found.",
                $"its ID scope is '{LogText.Clean(idScope)}', this one's is {dps.IdScope}");
        }

        if (!DpsApiVersion.IsKnown(name.ApiVersion) || !RegistrationIds.IsValid(id))
        {
            string problem = RegistrationIds.IsValid(id)
                ? $"The api-version '{name.ApiVersion}' is none of DPS's."
                : $"'{id}' is no registration ID: {RegistrationIds.Rule}.";
            return Refuse(400, 400000, problem, problem);
        }

        string? authorization = context.Request.Headers.Authorization;
        var proof = DeviceProof.Read(
            string.IsNullOrEmpty(authorization) ? null : Encoding.UTF8.GetBytes(authorization), context.Features.Get<ClientCertificates>());
        if (proof.Problem is { } missing)
        {
            return Refuse(401, 401002, "Unauthorized", missing);
        }

        DpsAnswer result = answer(name, proof, await RequestBody.ReadAsync(context.Request));
        if (result.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return ServiceResults.Json(result.Body, result.Status);
    }

    /// <summary>Does what a fault rule says; null when the request goes on.</summary>
    private async Task<IResult?> StrikeAsync(FaultRule fault, HttpContext context)
    {
        log.Write($"DPS: a registration over HTTPS meets fault rule {fault.Id}");
        switch (fault.Kind)
        {
            case FaultKind.Drop:
                context.Abort();
                return Results.Empty;
            case FaultKind.Delay:
                await Task.Delay(TimeSpan.FromSeconds(fault.Delay), clock, context.RequestAborted);
                return null;
            case FaultKind.Garbage:
                return Results.Bytes(RandomNumberGenerator.GetBytes(32), ServiceResults.JsonType);
            default:
                context.Response.Headers.RetryAfter = fault.RetryAfter?.ToString(CultureInfo.InvariantCulture);
                return ServiceResults.Json(
                    DpsError.Write((fault.Status * 1000) + 1, $"By fault rule {fault.Id}.", clock.GetUtcNow()), fault.Status);
        }
    }

    private IResult Refuse(int status, int code, string message, string reason)
    {
        log.Write($"DPS: a registration over HTTPS is refused, {code}: {reason}");
        return ServiceResults.Json(DpsError.Write(code, message, clock.GetUtcNow()), status);
    }
}
