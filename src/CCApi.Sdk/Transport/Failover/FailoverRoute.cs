using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>The models that one call may ask, one after the other.</summary>
internal sealed class FailoverRoute
{
    private readonly IModelChoice _request;
    private readonly string[] _models;
    private int _current;

    private FailoverRoute(IModelChoice request, string[] models) => (_request, _models) = (request, models);

    /// <summary>The model to ask now.</summary>
    public string Model => _models[_current];

    public bool HasNext => _current + 1 < _models.Length;

    /// <summary>The request for the model to ask now.</summary>
    public IJsonModel Request => _request.With(Model);

    /// <summary>The way of a call; null when there is only one model, or the gateway chooses.</summary>
    /// <param name="request">The request, if it names a model.</param>
    /// <param name="policy">The client's policy.</param>
    /// <param name="ofCall">The alternatives of this call, which win over the client's; null for those.</param>
    /// <param name="time">The clock of the cooling down.</param>
    public static FailoverRoute? For(IModelChoice? request, CCApiFailoverOptions policy, IReadOnlyList<string>? ofCall, TimeProvider time)
    {
        if (request is null || (ofCall is null && policy.Alternatives.Count == 0) || request.Model is not { Length: > 0 } model)
        {
            return null;
        }

        var alternatives = ofCall ?? (policy.Alternatives.TryGetValue(model, out var known) ? known : []);
        string[] models = [model, .. alternatives.Where(other => !other.Equals(model, StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return models.Length == 1 ? null : new FailoverRoute(request, policy.Memory.Order(models, time.GetUtcNow()));
    }

    public void Next() => _current++;
}
