using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>The models that one call may use, one after the other.</summary>
internal sealed class FailoverCursor
{
    private readonly IModelChoice _request;
    private readonly string[] _listed;
    private string[] _models;
    private int _current;

    private FailoverCursor(IModelChoice request, string[] listed, string[] models) =>
        (_request, _listed, _models) = (request, listed, models);

    /// <summary>The current model.</summary>
    public string Model => _models[_current];

    /// <summary>All models, in the order in which they are called.</summary>
    public IReadOnlyList<string> Models => _models;

    /// <summary>The model after the current one; null for the last.</summary>
    public string? NextModel => _current + 1 < _models.Length ? _models[_current + 1] : null;

    /// <summary>The place of the current model in the caller's order, whichever are cooling down; 1 for that of the request.</summary>
    public int ModelNumber => Array.IndexOf(_listed, Model) + 1;

    /// <summary>The request for the current model.</summary>
    public IJsonModel Request => _request.With(Model);

    /// <summary>The models of a call; null when there is only one model, or the gateway chooses.</summary>
    /// <param name="request">The request, if it names a model.</param>
    /// <param name="settings">The alternatives: those of the call replace the client's.</param>
    /// <param name="memory">The models that are cooling down, which come last; null for none.</param>
    public static FailoverCursor? For(IModelChoice? request, in CallSettings settings, FailoverMemory? memory)
    {
        var client = settings.Client.Failover;
        var hasAlternatives = settings.FailoverModels is not null || client.Alternatives.Count > 0;
        if (!hasAlternatives || request?.Model is not { Length: > 0 } model)
        {
            return null;
        }

        var alternatives = settings.FailoverModels ?? (client.Alternatives.TryGetValue(model, out var known) ? known : []);
        string[] models = [model, .. Others(model, alternatives)];
        if (models.Length == 1)
        {
            return null;
        }

        var cursor = new FailoverCursor(request, models, models);
        if (settings.KeyIdentity is { } key)
        {
            cursor.Order(memory, key, settings.Client.TimeProvider.GetUtcNow());
        }

        return cursor;
    }

    /// <summary>Puts the models that are cooling down for a key behind the others, before the first attempt.</summary>
    public void Order(FailoverMemory? memory, string key, DateTimeOffset now) => _models = memory?.Order(key, _listed, now) ?? _listed;

    public void MoveNext() => _current++;

    private static IEnumerable<string> Others(string model, IReadOnlyList<string> alternatives) => alternatives
        .Where(other => !other.Equals(model, StringComparison.OrdinalIgnoreCase))
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
