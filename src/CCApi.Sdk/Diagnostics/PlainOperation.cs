namespace CCApi.Sdk;

/// <summary>An operation that uses no model, such as listing models, or of which the SDK knows none.</summary>
internal sealed class PlainOperation(string name, bool hasSpan = true, bool isCharged = false) : TelemetryOperation(name)
{
    public override bool UsesModel => false;

    public override bool IsCharged => isCharged;

    public override bool HasSpan => hasSpan;
}
