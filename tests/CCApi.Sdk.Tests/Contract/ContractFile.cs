using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CCApi.Sdk.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace CCApi.Sdk.Tests.Contract;

/// <summary>The contract as a tree, with everything that is written in it.</summary>
internal static class ContractFile
{
    public static string FileName { get; } = Path.Combine(Repository.OpenApi, "ccapi.yaml");

    public static JsonObject Root { get; } = Load();

    public static JsonObject Schemas => Root["components"]!["schemas"]!.AsObject();

    public static JsonObject Responses => Root["components"]!["responses"]!.AsObject();

    /// <summary>The operations, each under a name such as <c>GET /models</c>.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Operations { get; } = Root["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(method => (Name: $"{method.Key.ToUpperInvariant()} {path.Key}", Operation: method.Value!.AsObject())))
        .ToDictionary(o => o.Name, o => o.Operation, StringComparer.Ordinal);

    /// <summary>Every property of every schema at every depth, each under a name such as <c>ChatMessage.role</c>.</summary>
    public static IEnumerable<KeyValuePair<string, JsonObject>> Properties => Schemas.SelectMany(schema => PropertiesOf(schema.Key, schema.Value!));

    /// <summary>Every text under a key, wherever it stands.</summary>
    public static IEnumerable<string> ValuesOf(string key) => ValuesOf(Root, key);

    private static IEnumerable<string> ValuesOf(JsonNode? node, string key) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Key == key && m.Value is JsonValue value ? [value.GetValue<string>()] : ValuesOf(m.Value, key)),
        JsonArray items => items.SelectMany(item => ValuesOf(item, key)),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, JsonObject>> PropertiesOf(string parent, JsonNode schema)
    {
        foreach (var property in schema["properties"]?.AsObject() ?? [])
        {
            var name = $"{parent}.{property.Key}";
            yield return KeyValuePair.Create(name, property.Value!.AsObject());
            foreach (var below in PropertiesOf(name, property.Value!))
            {
                yield return below;
            }
        }
    }

    private static JsonObject Load()
    {
        using var reader = new StreamReader(FileName);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return ToJson(yaml.Documents[0].RootNode)!.AsObject();
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(m => KeyValuePair.Create(((YamlScalarNode)m.Key).Value!, ToJson(m.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidOperationException($"Unexpected YAML: {node}"),
    };
}
