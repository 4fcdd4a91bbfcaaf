namespace CCApi.Emulator;

/// <summary>What the script does with a request.</summary>
/// <param name="Step">What to do; null when no rule takes the request.</param>
/// <param name="Rule">The rule, in words; for the log.</param>
/// <param name="Unexpected">Why a strict script rejects the request; null when it does not.</param>
internal sealed record ScriptOutcome(ScriptedStep? Step, string? Rule, string? Unexpected)
{
    public static ScriptOutcome None { get; } = new(null, null, null);

    /// <summary>The response without any operation; null to run the operation.</summary>
    public GatewayResponse? FixedResponse
    {
        get
        {
            if (Unexpected is null)
            {
                return (Step as ResponseStep)?.Response;
            }

            return GatewayResponse.Error(400, Unexpected, "invalid_request_error", "invalid_request", "script");
        }
    }
}
