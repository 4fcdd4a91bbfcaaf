namespace CCApi.Sdk;

/// <summary>An operation that uses no model, such as listing models.</summary>
internal sealed class PlainOperation(string name, bool hasSpan = true) : TelemetryOperation(name)
{
    public override bool UsesModel => false;

    public override bool HasSpan => hasSpan;
}
