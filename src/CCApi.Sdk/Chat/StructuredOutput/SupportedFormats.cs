using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// Remembers which form of structured output a model supports, so that each further call does not begin with one that is
/// rejected. Thread-safe.
/// </summary>
internal sealed class SupportedFormats
{
    /// <summary>
    /// Model ids may come from users: with more than this, all are forgotten, which costs one rejected request for each.
    /// </summary>
    public const int MaxEntries = 1_000;

    private readonly Dictionary<(string Model, string Type), StructuredOutputFormat> _known = [];

    /// <summary>The first form to send.</summary>
    /// <param name="request">The request, whose model counts.</param>
    /// <param name="type">The type: some schemas are rejected by models that support others.</param>
    public StructuredOutputFormat Get(ChatCompletionRequest request, string type)
    {
        lock (_known)
        {
            _known.TryGetValue((Model(request), string.Empty), out var ofModel);
            _known.TryGetValue((Model(request), type), out var ofType);

            return ofModel > ofType ? ofModel : ofType;
        }
    }

    /// <summary>Remembers the form that was accepted after others were rejected.</summary>
    /// <param name="request">The request, whose model counts.</param>
    /// <param name="type">The type whose schema was rejected; null when no schema is supported.</param>
    /// <param name="format">The form.</param>
    public void Set(ChatCompletionRequest request, string? type, StructuredOutputFormat format)
    {
        lock (_known)
        {
            if (_known.Count >= MaxEntries)
            {
                _known.Clear();
            }

            _known[(Model(request), type ?? string.Empty)] = format;
        }
    }

    /// <summary>With several models the gateway chooses.</summary>
    private static string Model(ChatCompletionRequest request)
    {
        if (request.Models is { Count: > 0 } models)
        {
            return string.Join("\n", models);
        }

        return request.Model ?? string.Empty;
    }
}
