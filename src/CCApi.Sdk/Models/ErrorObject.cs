namespace CCApi.Sdk.Models;

public sealed partial class ErrorObject
{
    /// <summary>Masks the keys that a gateway quotes back.</summary>
    internal void Redact(KeyRedaction redaction)
    {
        Message = redaction.Apply(Message);
        Type = redaction.Apply(Type?.Value);
        Code = redaction.Apply(Code?.Value);
        Param = redaction.Apply(Param);
        Details = redaction.Apply(Details);
        Metadata = redaction.Apply(Metadata);
    }
}
