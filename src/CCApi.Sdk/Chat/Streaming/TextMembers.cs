using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk;

/// <summary>Knows which text members arrive in pieces, and which are complete each time.</summary>
internal static class TextMembers
{
    // Members of legacy function calls, audio and reasoning, whose texts gateways send in pieces (observed).
    private static readonly string[] _always = ["arguments", "data", "transcript", "text"];

    private static readonly HashSet<string> _pieces =
        new(_always, StringComparer.Ordinal)
        {
            "content",
            "input",
            "output",
            "partial_json",
            "reasoning",
            "reasoning_content",
            "reasoning_text",
            "summary",
            "thinking",
        };

    private static readonly HashSet<string> _complete = new(StringComparer.Ordinal)
    {
        "b64_json", "channel", "encoding", "event", "format", "id", "kind", "lang", "language", "mode", "model", "name",
        "object", "phase", "provider", "role", "stage", "state", "status", "type", "url", "version",
    };

    private static readonly string[] _completeEndings =
        ["_at", "_format", "_id", "_model", "_name", "_reason", "_status", "_type", "_url", "_version", "Id", "Type"];

    /// <summary>Whether texts of this member are joined.</summary>
    public static bool IsInPieces(string name, MergeMode mode) => mode switch
    {
        MergeMode.Complete => false,
        MergeMode.Lists => _always.Contains(name),
        _ => !_complete.Contains(name) && !_completeEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)),
    };

    /// <summary>Whether the member is known to arrive in pieces, even where all of them are the same.</summary>
    public static bool IsKnown(string name) => _pieces.Contains(name);
}
