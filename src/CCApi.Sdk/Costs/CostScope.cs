using System;
using System.Collections.Generic;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>
/// Labels the calls that begin within it, such as those of a tenant or a job, for <see cref="CostTracker"/>, and may limit what
/// they cost. It flows with <c>async</c>, and scopes nest. Thread-safe.
/// </summary>
/// <remarks>
/// A call belongs to the scope in which it begins, and a stream to that in which <c>StreamAsync</c> is called. It stays there when
/// the scope is disposed while it runs. What is charged counts for the enclosing scopes too.
/// </remarks>
/// <example><code>
/// using (CostScope.Begin("tenant-42"))
/// {
///     await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Say hello.");
/// }
///
/// Console.WriteLine(client.Costs.GetSnapshot());
/// </code></example>
public sealed class CostScope : IDisposable
{
    private static readonly AsyncLocal<CostScope?> _current = new();

    private int _isDisposed;

    private CostScope(string name, CostScope? parent, IReadOnlyDictionary<string, string> tags, CCApiBudget? budget)
    {
        Name = name;
        Parent = parent;
        Path = parent is null ? name : $"{parent.Path}/{name}";
        Tags = tags;
        Budget = budget;
    }

    /// <summary>The innermost scope that the calling code is in; null when it is in none.</summary>
    public static CostScope? Current
    {
        get
        {
            var scope = _current.Value;

            // Disposing in another order than opening, or in another flow, leaves scopes that have ended.
            while (scope is { _isDisposed: not 0 })
            {
                scope = scope.Parent;
            }

            return scope;
        }
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The names of the enclosing scopes and of this one, such as <c>tenant-42/import</c>.</summary>
    public string Path { get; }

    /// <summary>The enclosing scope; null for an outermost one.</summary>
    public CostScope? Parent { get; }

    /// <summary>The tags, with those of the enclosing scopes; of the same tag, the innermost value counts.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>The limit of what the calls of the scope may cost together; null for none.</summary>
    public CCApiBudget? Budget { get; }

    /// <summary>Begins a scope, which ends when it is disposed.</summary>
    /// <param name="name">The name, such as a tenant. The tracker keeps 10,000 names at most.</param>
    /// <param name="tags">Further labels, such as <c>team = search</c>; null for none.</param>
    /// <param name="budget">The limit of what its calls may cost together; null for none.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static CostScope Begin(string name, IReadOnlyDictionary<string, string>? tags = null, CCApiBudget? budget = null)
    {
        Require.Text(name, nameof(name));
        var parent = Current;
        var scope = new CostScope(name, parent, Merge(parent?.Tags, tags), budget);
        _current.Value = scope;

        return scope;
    }

    /// <summary>Ends the scope for calls that begin later. Calls under way stay in it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0 && ReferenceEquals(_current.Value, this))
        {
            _current.Value = Parent;
        }
    }

    /// <summary>Returns the path.</summary>
    public override string ToString() => Path;

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string>? outer, IReadOnlyDictionary<string, string>? inner)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(merged, outer);
        Add(merged, inner);

        return merged;
    }

    private static void Add(Dictionary<string, string> target, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null)
        {
            return;
        }

        foreach (var tag in tags)
        {
            // The type permits no null, and code without nullable reference types has one: it must not end the totals.
            target[tag.Key] = tag.Value ?? string.Empty;
        }
    }
}
