using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator.Tests.Support;

/// <summary>Schemas of objects, written as the types of their members.</summary>
internal static class Members
{
    /// <summary>The schema of an object whose members have such types, as in <c>{"a":"integer"}</c>.</summary>
    public static JsonObject Schema(string members)
    {
        var properties = JsonNode.Parse(members)!.AsObject().Select(Property);

        return new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(properties) };
    }

    private static KeyValuePair<string, JsonNode?> Property(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, new JsonObject { ["type"] = member.Value!.DeepClone() });
}
