using System;
using System.ComponentModel;
using System.Linq;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CCApi.Sdk;

/// <summary>Creates the JSON schema of a type as System.Text.Json reads it, with the descriptions of its attributes.</summary>
internal static class SchemaExporter
{
    private static readonly JsonSchemaExporterOptions _options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Transform,
    };

    public static JsonObject Of(JsonTypeInfo type)
    {
        var schema = SchemaTree.Complete(type.GetJsonSchemaAsNode(_options));
        SchemaReferences.MoveTargets(schema);

        return schema;
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema)
        {
            RemoveWhatCannotBeSet(context.TypeInfo, schema);
            MarkWhatIsOpen(context.TypeInfo, schema);
            DescribeText(context.TypeInfo.Type, schema);
        }

        if (Description(context) is { } description)
        {
            return Describe(node, description);
        }

        return node;
    }

    /// <summary>The model would make up a value that goes nowhere.</summary>
    private static void RemoveWhatCannotBeSet(JsonTypeInfo type, JsonObject schema)
    {
        if (type.Kind != JsonTypeInfoKind.Object || schema["properties"] is not JsonObject properties)
        {
            return;
        }

        var withoutSetter = type.Properties.Where(property => property is { Set: null, AssociatedParameter: null });

        foreach (var property in withoutSetter.Where(property => !IsPopulated(type, property)))
        {
            properties.Remove(property.Name);
        }
    }

    /// <summary>Whether a member without a setter gets what is read added to its own value.</summary>
    private static bool IsPopulated(JsonTypeInfo type, JsonPropertyInfo property)
    {
        if (property.ObjectCreationHandling is { } own)
        {
            return own == JsonObjectCreationHandling.Populate;
        }

        var handling = type.PreferredPropertyObjectCreationHandling ?? type.Options.PreferredObjectCreationHandling;

        return handling == JsonObjectCreationHandling.Populate && CanBePopulated(type, property.PropertyType);
    }

    /// <summary>
    /// What the type prefers has no effect on members that cannot be added to, such as texts, arrays and read-only collections.
    /// </summary>
    private static bool CanBePopulated(JsonTypeInfo owner, Type type)
    {
        var isReadOnly = type.IsArray
            || type.Name.StartsWith("IReadOnly", StringComparison.Ordinal)
            || type.Name.StartsWith("IEnumerable", StringComparison.Ordinal)
            || type.Name.StartsWith("Immutable", StringComparison.Ordinal)
            || type.Name.StartsWith("Frozen", StringComparison.Ordinal)
            || type.Name.StartsWith("ReadOnly", StringComparison.Ordinal);

        if (isReadOnly)
        {
            return false;
        }

        return owner.Options.TryGetTypeInfo(type, out var info) && info.Kind != JsonTypeInfoKind.None;
    }

    /// <summary>An object of any members looks like one without members otherwise.</summary>
    private static void MarkWhatIsOpen(JsonTypeInfo type, JsonObject schema)
    {
        var isDecided = schema["additionalProperties"] is not null || schema["anyOf"] is not null;
        if (!isDecided && IsOpen(type, schema))
        {
            schema["additionalProperties"] = true;
        }
    }

    /// <summary>Whether an object of the type may have any members: it is a map, or has extension data.</summary>
    private static bool IsOpen(JsonTypeInfo type, JsonObject schema)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            return type.Properties.Any(property => property.IsExtensionData);
        }

        return SchemaNode.Types(schema).Contains("object") && schema["properties"] is null;
    }

    /// <summary>Texts of a form that the exporter does not describe, or describes as another form than System.Text.Json reads.</summary>
    private static void DescribeText(Type type, JsonObject schema)
    {
        if (schema["format"]?.ToString() == "time")
        {
            // The format of JSON Schema has an offset, which a time of day cannot have.
            schema.Remove("format");
            schema["pattern"] = @"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?$";
        }

        var isBytes = type == typeof(byte[])
            || type == typeof(Memory<byte>)
            || type == typeof(ReadOnlyMemory<byte>);
        if (isBytes && SchemaNode.Types(schema).Contains("string"))
        {
            schema["contentEncoding"] = "base64";
        }
    }

    private static string? Description(JsonSchemaExporterContext context) =>
        Description(context.PropertyInfo?.AttributeProvider)
        ?? Description(context.PropertyInfo?.AssociatedParameter?.AttributeProvider)
        ?? Description(context.TypeInfo.Type);

    private static string? Description(ICustomAttributeProvider? provider)
    {
        var attributes = provider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true) ?? [];
        return attributes.OfType<DescriptionAttribute>().FirstOrDefault()?.Description;
    }

    private static JsonObject Describe(JsonNode node, string description)
    {
        // Where anything fits, the schema is `true`, which has no room for a description.
        var schema = node as JsonObject ?? [];
        schema.Insert(0, "description", description);

        return schema;
    }
}
