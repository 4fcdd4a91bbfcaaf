namespace CCApi.Emulator;

/// <summary>A rule for requests of any endpoint.</summary>
public sealed class RequestScript : ScriptBuilder<RequestScript>
{
    internal RequestScript(EmulatorScript script, ScriptRule rule)
        : base(script, rule)
    {
    }
}
