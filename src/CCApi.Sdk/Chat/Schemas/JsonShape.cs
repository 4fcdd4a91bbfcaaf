using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CCApi.Sdk;

/// <summary>A type as a model is told to write it: its schema, and how what the model wrote is read.</summary>
internal sealed class JsonShape<T>
{
    /// <summary>The member that holds what is no object by itself.</summary>
    private const string Wrapper = "value";

    private static readonly ConditionalWeakTable<JsonTypeInfo<T>, JsonShape<T>> _ofAnswers = new();

    private readonly JsonTypeInfo<T> _type;
    private readonly JsonNode _schema;
    private readonly bool _isWrapped;

    private JsonShape(JsonTypeInfo<T> type, bool mayWrap)
    {
        _type = type;
        _schema = SchemaExporter.Of(type);
        IsObject = _schema is JsonObject root && SchemaNode.Types(root).Contains("object");
        _isWrapped = mayWrap && !IsPlainObject(_schema);
        var told = _isWrapped ? Wrap(_schema) : _schema;
        var strict = StrictSchema.Make(told);
        IsStrict = strict is not null;
        Schema = SchemaNode.ToElement(strict ?? told);
    }

    /// <summary>The schema to send.</summary>
    public JsonElement Schema { get; }

    /// <summary>Whether the schema can be sent in strict mode.</summary>
    public bool IsStrict { get; }

    /// <summary>Whether the type is written as an object.</summary>
    public bool IsObject { get; }

    public string Name => _type.Type.Name;

    public static JsonShape<T> OfArguments(JsonTypeInfo<T> type) => new(type, mayWrap: false);

    /// <summary>The shape of an answer, which must be an object on the wire: anything else is wrapped into one.</summary>
    public static JsonShape<T> OfAnswer(JsonTypeInfo<T> type) => _ofAnswers.GetValue(type, known => new JsonShape<T>(known, mayWrap: true));

    /// <summary>Reads what a model wrote.</summary>
    /// <param name="json">The value; models forget the wrapper at times.</param>
    /// <param name="value">The value as the type.</param>
    /// <param name="problem">What is wrong and where, for the model to mend.</param>
    public bool TryRead(JsonElement json, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            json = SchemaNulls.Remove(_isWrapped ? Unwrap(json) : json, _schema);
            problem = SchemaValidator.Problem(json, _schema);
            value = problem is null ? json.Deserialize(_type)! : default!;
        }
        catch (JsonException exception)
        {
            (value, problem) = (default!, Describe(exception));
        }
#pragma warning disable CA1031 // Constructors, setters and converters of the type may throw whatever they like of a value that they do not take.
        catch (Exception exception)
        {
            (value, problem) = (default!, exception.Message);
        }
#pragma warning restore CA1031

        return problem is null;
    }

    private static bool IsPlainObject(JsonNode schema) => schema is JsonObject root && root["anyOf"] is null && SchemaNode.Types(root) is ["object"];

    private static JsonObject Wrap(JsonNode schema)
    {
        var inner = schema.DeepClone();
        MoveReferences(inner);
        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [Wrapper] = inner },
            ["required"] = new JsonArray(JsonValue.Create(Wrapper)),
        };
    }

    private static void MoveReferences(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            items.ToList().ForEach(MoveReferences);
        }
        else if (node is JsonObject members)
        {
            members.Select(member => member.Value).ToList().ForEach(MoveReferences);
            if (members["$ref"] is JsonValue reference && reference.ToString() is { Length: > 0 } pointer && pointer[0] == '#')
            {
                members["$ref"] = $"#/properties/{Wrapper}{pointer.Substring(1)}";
            }
        }
    }

    private static JsonElement Unwrap(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Count() == 1 && json.TryGetProperty(Wrapper, out var inner) ? inner : json;

    /// <summary>The platform's own words name types of this program; those of a converter are kept, without their tail of line and byte.</summary>
    private static string Describe(JsonException exception)
    {
        var end = exception.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return exception.Message.StartsWith("The JSON value could not be converted to ", StringComparison.Ordinal)
            ? $"{exception.Path} is not of the form that the schema asks for"
            : $"{exception.Path ?? "$"}: {(end < 0 ? exception.Message : exception.Message.Substring(0, end))}";
    }
}
