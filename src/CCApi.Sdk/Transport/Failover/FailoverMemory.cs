using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>
/// Remembers which models failed lately, for each API key by itself: what one key may not call, another may. Thread-safe and
/// bounded.
/// </summary>
internal sealed class FailoverMemory
{
    /// <summary>How many models are remembered at most.</summary>
    public const int Capacity = 1000;

    private readonly object _gate = new();
    private readonly Dictionary<(string? Key, string Model), DateTimeOffset> _until = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _until.Count;
            }
        }
    }

    /// <summary>Remembers a failure until a time.</summary>
    public void Cool(string key, string model, DateTimeOffset until, DateTimeOffset now)
    {
        lock (_gate)
        {
            _until[Entry(key, model)] = until;
            if (_until.Count > Capacity)
            {
                Evict(now);
            }
        }
    }

    /// <summary>The models that are not cooling down, then the others; both in their order.</summary>
    public string[] Order(string key, IEnumerable<string> models, DateTimeOffset now)
    {
        lock (_gate)
        {
            return [.. models.OrderBy(model => _until.TryGetValue(Entry(key, model), out var until) && now < until)];
        }
    }

    /// <summary>Whether a model failed lately; none did for a key that is not known.</summary>
    public bool IsCooling(string? key, string model, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _until.TryGetValue(Entry(key, model), out var until) && now < until;
        }
    }

    private static (string? Key, string Model) Entry(string? key, string model) => (key, model.ToUpperInvariant());

    /// <summary>
    /// Forgets what has cooled down and, when that is not a tenth, what will do so next: evicting many at once keeps the cost of
    /// an entry constant.
    /// </summary>
    private void Evict(DateTimeOffset now)
    {
        var keep = Capacity - (Capacity / 10);
        var rest = _until.Where(entry => entry.Value > now).OrderByDescending(entry => entry.Value).Take(keep).ToArray();
        _until.Clear();

        foreach (var entry in rest)
        {
            _until.Add(entry.Key, entry.Value);
        }
    }
}
