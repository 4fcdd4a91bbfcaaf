using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>The ids of the models that this client has listed, so that a mistyped one can be explained. Thread-safe and bounded.</summary>
internal sealed class SeenModels
{
    private const int MaxCount = 10_000;

    private const int MaxLength = 128;

    private const int Suggestions = 3;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>Adds the ids of a list; those beyond the limit are left out.</summary>
    /// <param name="models">The list.</param>
    /// <param name="idOf">Returns the id of a model; null for none.</param>
    public void Add<T>(IReadOnlyList<T> models, Func<T, string?> idOf)
    {
        lock (_ids)
        {
            for (var i = 0; i < models.Count && _ids.Count < MaxCount; i++)
            {
                var id = idOf(models[i]);
                if (id is { Length: > 0 and <= MaxLength })
                {
                    _ids.Add(id);
                }
            }
        }
    }

    /// <summary>The ids that are similar to one, nearest first, without itself.</summary>
    public IReadOnlyList<string> Near(string model)
    {
        lock (_ids)
        {
            return NearNames.FindIds(model, [.. _ids.Where(id => id != model)], Suggestions);
        }
    }
}
