namespace CCApi.Emulator;

/// <summary>What the script does with a request.</summary>
/// <param name="Step">What to do; null when no rule takes the request.</param>
/// <param name="Rule">The rule, in words; for the log.</param>
/// <param name="Unexpected">Why a strict script rejects the request; null when it does not.</param>
internal sealed record ScriptDecision(ScriptedStep? Step, string? Rule, string? Unexpected)
{
    public static ScriptDecision None { get; } = new(null, null, null);
}
