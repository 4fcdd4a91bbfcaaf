using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>
/// Moves what references point to into <c>$defs</c>. The exporter refers to the place where a type is first, such as
/// <c>#/properties/next</c>; OpenAI takes references to <c>#</c> and <c>#/$defs/...</c> only (observed).
/// </summary>
internal static class SchemaReferences
{
    private const string Definitions = "$defs";
    private const string Keyword = "$ref";

    private static readonly string[] _unnamed = ["properties", "anyOf", "additionalProperties"];

    /// <summary>Changes a schema so that each of its references is <c>#</c> or points into <c>$defs</c>.</summary>
    public static void MoveTargets(JsonObject root)
    {
        var references = SchemaTree.All(root).Where(schema => schema[Keyword] is not null).ToList();
        var names = new Dictionary<JsonNode, string>();

        foreach (var reference in references)
        {
            var pointer = reference[Keyword]!.ToString();
            if (SchemaNode.Resolve(root, pointer) is JsonObject target && target != root)
            {
                if (!names.ContainsKey(target))
                {
                    names.Add(target, NewName(pointer, names.Values));
                }

                reference[Keyword] = Pointer(names[target]);
            }
        }

        var definitions = new JsonObject();
        foreach (var (target, name) in names.Select(entry => (entry.Key, entry.Value)))
        {
            Replace(target, new JsonObject { [Keyword] = Pointer(name) });
            definitions[name] = target;
        }

        if (definitions.Count > 0)
        {
            root[Definitions] = definitions;
        }
    }

    /// <summary>An object with one required member of this schema.</summary>
    /// <param name="root">The schema; it is not changed.</param>
    /// <param name="member">The name of the member.</param>
    public static JsonObject Wrap(JsonObject root, string member)
    {
        var inner = (JsonObject)root.DeepClone();
        var definitions = inner[Definitions] as JsonObject ?? [];
        inner.Remove(Definitions);

        var ofDefinitions = SchemaTree.All(new JsonObject { [Definitions] = definitions.DeepClone() });
        var refersToRoot = SchemaTree.All(inner).Concat(ofDefinitions).Any(IsToRoot);
        if (refersToRoot)
        {
            definitions = (JsonObject)definitions.DeepClone();
            var name = NewName(member, definitions.Select(definition => definition.Key));
            definitions[name] = inner;

            foreach (var reference in SchemaTree.All(new JsonObject { [Definitions] = definitions }).Where(IsToRoot))
            {
                reference[Keyword] = Pointer(name);
            }

            definitions = (JsonObject)definitions.DeepClone();
            inner = new JsonObject { [Keyword] = Pointer(name) };
        }

        var wrapper = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [member] = inner },
            ["required"] = new JsonArray(JsonValue.Create(member)),
        };

        if (definitions.Count > 0)
        {
            wrapper[Definitions] = definitions.DeepClone();
        }

        return wrapper;
    }

    private static void Replace(JsonNode node, JsonObject replacement)
    {
        if (node.Parent is JsonArray items)
        {
            items[node.GetElementIndex()] = replacement;
        }
        else
        {
            node.Parent![node.GetPropertyName()] = replacement;
        }
    }

    private static bool IsToRoot(JsonObject schema) => schema[Keyword]?.ToString() == "#";

    private static string Pointer(string name) => $"#/{Definitions}/{name}";

    /// <summary>Such as <c>next</c> of <c>#/properties/next</c>.</summary>
    private static string NewName(string pointer, IEnumerable<string> taken)
    {
        var steps = pointer.Split('/')
            .Where(step => step != "#" && !_unnamed.Contains(step))
            .Where(step => !int.TryParse(step, out _));
        var name = ToolName.Clean(string.Join("_", steps), "definition");

        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        var unique = name;

        for (var number = 2; names.Contains(unique); number++)
        {
            unique = string.Format(CultureInfo.InvariantCulture, "{0}_{1}", name, number);
        }

        return unique;
    }
}
