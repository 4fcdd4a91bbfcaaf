using System.Diagnostics;

namespace CCApi.Sdk;

/// <summary>What telemetry needs to know of an operation. Immutable, one instance per operation.</summary>
/// <param name="name">The name of the operation, which the span's name begins with.</param>
internal abstract class TelemetryOperation(string name)
{
    public string Name => name;

    /// <summary>Whether it uses a model, so that the conventions for generative AI apply.</summary>
    public virtual bool UsesModel => true;

    /// <summary>Whether its calls may cost something. What only reports the cost of another call again does not.</summary>
    public virtual bool IsCharged => UsesModel;

    /// <summary>Whether its calls have spans. The retries of those that have none are counted nevertheless.</summary>
    public virtual bool HasSpan => true;

    /// <summary>The model that a request names; null for none.</summary>
    public virtual string? ModelOf(object request) => null;

    /// <summary>Adds the attributes of a request to a span that is recorded.</summary>
    /// <param name="span">The span.</param>
    /// <param name="request">The request.</param>
    /// <param name="settings">Whether it may contain content.</param>
    /// <param name="text">Prepares texts.</param>
    public virtual void AddRequest(Activity span, object request, TelemetrySettings settings, TelemetryText text)
    {
    }

    /// <summary>Adds the attributes of a response to a span that is recorded.</summary>
    /// <param name="span">The span.</param>
    /// <param name="response">The response, or what arrived of it.</param>
    /// <param name="settings">Whether it may contain content.</param>
    /// <param name="text">Prepares texts.</param>
    public virtual void AddResponse(Activity span, object response, TelemetrySettings settings, TelemetryText text)
    {
    }

    /// <summary>The error code of a response that is not what its request expects; null for none.</summary>
    public virtual string? ErrorOf(object request, object response) => null;

    /// <summary>What metrics need of a response.</summary>
    public virtual TelemetryResult ResultOf(object response) => default;
}
