using System.ComponentModel;
using System.Linq;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace CCApi.Sdk;

/// <summary>Makes the JSON schema of a type as System.Text.Json reads it, with the descriptions of its attributes.</summary>
internal static class SchemaExporter
{
    private static readonly JsonSchemaExporterOptions _options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public static JsonNode Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(_options);

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema)
        {
            RemoveWhatCannotBeSet(context.TypeInfo, schema);
            MarkWhatIsOpen(context.TypeInfo, schema);
        }

        return Description(context) is { } description ? Describe(node, description) : node;
    }

    /// <summary>The model would make up a value that goes nowhere.</summary>
    private static void RemoveWhatCannotBeSet(JsonTypeInfo type, JsonObject schema)
    {
        if (type.Kind != JsonTypeInfoKind.Object || schema["properties"] is not JsonObject properties)
        {
            return;
        }

        foreach (var property in type.Properties.Where(property => property is { Set: null, AssociatedParameter: null, ObjectCreationHandling: null }))
        {
            properties.Remove(property.Name);
        }
    }

    /// <summary>An object of any members looks like one without members otherwise.</summary>
    private static void MarkWhatIsOpen(JsonTypeInfo type, JsonObject schema)
    {
        if (type.Kind != JsonTypeInfoKind.Object && SchemaNode.Types(schema).Contains("object") && schema["properties"] is null && schema["additionalProperties"] is null)
        {
            schema["additionalProperties"] = true;
        }
    }

    private static string? Description(JsonSchemaExporterContext context) =>
        Description(context.PropertyInfo?.AttributeProvider)
        ?? Description(context.PropertyInfo?.AssociatedParameter?.AttributeProvider)
        ?? Description(context.TypeInfo.Type);

    private static string? Description(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true).OfType<DescriptionAttribute>().FirstOrDefault()?.Description;

    private static JsonObject Describe(JsonNode node, string description)
    {
        // Where anything fits, the schema is `true`, which has no room for a description.
        var schema = node as JsonObject ?? [];
        schema.Insert(0, "description", description);
        return schema;
    }
}
