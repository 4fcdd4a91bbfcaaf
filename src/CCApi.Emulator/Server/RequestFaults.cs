using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Chooses the fault that a request meets: one that its script or its header orders, else one that waits.</summary>
/// <param name="waiting">The faults that wait for any request.</param>
internal sealed class RequestFaults(EmulatorFaults waiting)
{
    /// <summary>The header with which a single request orders a fault, such as <c>reset</c> or <c>status-503</c>.</summary>
    public const string Header = "X-Emulator-Fault";

    /// <summary>The fault that the script or the header orders, or the error for a header that names none that exists.</summary>
    public static (EmulatorFault? Fault, GatewayResponse? Problem) Ordered(HttpRequest request, ScriptOutcome scripted)
    {
        var name = request.Headers[Header].ToString();
        var named = EmulatorFaults.Parse(name);
        if (named is null && name.Length > 0)
        {
            var message = $"'{name}' is not a fault, such as reset, truncated or status-503 (status-400 to status-599).";
            return (null, GatewayErrors.Invalid(message, Header));
        }

        if (scripted.Step is FaultStep step)
        {
            return (step.Fault, null);
        }

        return (named, null);
    }

    /// <summary>The fault of the response. An ordered one, or a script that responds, excludes those that wait for any request.</summary>
    public EmulatorFault? Of(EmulatorFault? ordered, ScriptOutcome scripted, string operation, string? model)
    {
        if (ordered is null && scripted.Step is null or PassStep)
        {
            return waiting.Next(operation, model);
        }

        if (ordered?.IsOfJob == true)
        {
            return null;
        }

        return ordered;
    }
}
