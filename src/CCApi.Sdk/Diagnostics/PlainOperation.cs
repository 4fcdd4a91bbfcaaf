namespace CCApi.Sdk;

/// <summary>An operation that uses no model, such as listing models, or one whose model the SDK does not know.</summary>
internal sealed class PlainOperation(string name, bool hasSpan = true, bool isCharged = false) : TelemetryOperation(name)
{
    public override bool UsesModel => false;

    public override bool IsCharged => isCharged;

    public override bool HasSpan => hasSpan;
}
