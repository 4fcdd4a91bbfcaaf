using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>Remembers which models failed lately. Thread-safe.</summary>
internal sealed class FailoverMemory
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Remembers a failure for a while.</summary>
    public void Cool(string model, DateTimeOffset until) => _until[model] = until;

    /// <summary>The models that are not cooling down, then the others; both in their order.</summary>
    public string[] Order(IEnumerable<string> models, DateTimeOffset now) => [.. models.OrderBy(model => IsCooling(model, now))];

    private bool IsCooling(string model, DateTimeOffset now) => _until.TryGetValue(model, out var until) && now < until;
}
