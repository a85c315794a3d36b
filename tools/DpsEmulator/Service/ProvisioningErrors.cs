using Microsoft.AspNetCore.Http;

namespace DevKit.DpsEmulator.Service;

/// <summary>What a handler of DPS's REST cannot read is answered 400, in the words of the <see cref="FormatException"/>.</summary>
internal sealed class ProvisioningErrors(TimeProvider clock) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (FormatException error)
        {
            return ServiceResults.Error(ServiceProblem.BadRequest, error.Message, clock);
        }
    }
}
