using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Finds what <c>$ref</c> refers to within one schema: JSON pointers and anchors.</summary>
internal sealed class SchemaReferences(JsonNode root)
{
    private readonly Dictionary<string, JsonNode?> _found = new(StringComparer.Ordinal);

    /// <summary>The schema that a reference names; null when it is not in this document.</summary>
    public JsonNode? Resolve(string reference)
    {
        if (_found.TryGetValue(reference, out var found))
        {
            return found;
        }

        var id = (root as JsonObject)?.Text("$id")?.TrimEnd('#');
        var hasId = id is { Length: > 0 } && reference.StartsWith(id, StringComparison.Ordinal);
        var local = hasId ? reference[id!.Length..] : reference;
        var isLocal = local.Length == 0 || local[0] == '#';
        var target = isLocal ? ResolveFragment(Uri.UnescapeDataString(local.TrimStart('#'))) : null;
        _found[reference] = target;

        return target;
    }

    private JsonNode? ResolveFragment(string fragment)
    {
        if (fragment.Length == 0)
        {
            return root;
        }

        if (fragment[0] == '/')
        {
            return ResolvePointer(fragment);
        }

        return FindAnchor(root, fragment);
    }

    private JsonNode? ResolvePointer(string pointer)
    {
        var node = root;
        foreach (var escaped in pointer.Split('/').Skip(1))
        {
            var step = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray items when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) =>
                    items.ElementAtOrDefault(index),
                _ => null,
            };
        }

        return node;
    }

    private static JsonNode? FindAnchor(JsonNode? node, string anchor) => node switch
    {
        JsonObject schema when schema.Text("$anchor") == anchor => schema,
        JsonObject schema => schema.Where(member => member.Key is not ("enum" or "const"))
            .Select(member => FindAnchor(member.Value, anchor))
            .FirstOrDefault(found => found is not null),
        JsonArray items => items.Select(item => FindAnchor(item, anchor)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
