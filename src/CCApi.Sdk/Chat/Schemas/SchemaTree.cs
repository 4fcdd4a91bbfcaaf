using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Sdk;

/// <summary>Walks through the schemas inside a schema, and past the data in it (enum values, defaults).</summary>
internal static class SchemaTree
{
    private static readonly string[] _maps = ["properties", "$defs"];
    private static readonly string[] _lists = ["anyOf"];
    private static readonly string[] _singles = ["items", "additionalProperties"];

    /// <summary>The schema and all schemas in it that are objects, outer ones first.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return [];
        }

        return Children(schema).Select(child => child.Node).SelectMany(All).Prepend(schema);
    }

    /// <summary>The schemas directly in a schema, each with the keyword that it belongs to.</summary>
    public static IEnumerable<(string Keyword, JsonNode? Node)> Children(JsonObject schema)
    {
        var ofMaps = _maps.SelectMany(
            keyword => (schema[keyword] as JsonObject ?? []).Select(member => (keyword, member.Value)));
        var ofLists = _lists.SelectMany(
            keyword => (schema[keyword] as JsonArray ?? []).Select(item => (keyword, item)));
        var ofSingles = _singles.Where(schema.ContainsKey).Select(keyword => (keyword, schema[keyword]));

        return ofMaps.Concat(ofLists).Concat(ofSingles);
    }

    /// <summary>
    /// Says in each schema what some back ends require: a type beside an enum, items in an array, and an object where anything
    /// fits, instead of <c>true</c>.
    /// </summary>
    public static JsonObject Complete(JsonNode root)
    {
        var complete = root as JsonObject ?? [];
        foreach (var schema in All(complete).ToList())
        {
            AddType(schema);
            ReplaceTrue(schema["properties"] as JsonObject);
            if (SchemaNode.Types(schema).Contains("array") && schema["items"] is not JsonObject)
            {
                schema["items"] = new JsonObject();
            }
        }

        return complete;
    }

    private static void AddType(JsonObject schema)
    {
        var listsValues = schema.ContainsKey("enum") || schema.ContainsKey("const");
        if (!listsValues || schema["type"] is not null)
        {
            return;
        }

        var types = SchemaNode.Types(schema);
        schema.Insert(0, "type", SchemaNode.TypeNode(types));
    }

    private static void ReplaceTrue(JsonObject? properties)
    {
        var names = (properties ?? [])
            .Where(member => member.Value?.GetValueKind() == JsonValueKind.True)
            .Select(member => member.Key)
            .ToList();

        foreach (var name in names)
        {
            properties![name] = new JsonObject();
        }
    }
}
