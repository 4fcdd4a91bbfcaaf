using System;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>How a model writes a type: the schema that is sent, and how what the model wrote is read.</summary>
internal sealed class JsonShape<T>
{
    /// <summary>The member that holds what is not an object by itself.</summary>
    private const string Wrapper = "value";

    private static readonly ConditionalWeakTable<JsonTypeInfo<T>, JsonShape<T>> _known = new();

    private readonly JsonTypeInfo<T> _type;
    private readonly JsonObject _schema;
    private readonly bool _isWrapped;
    private readonly bool _ignoreCase;

    private JsonShape(JsonTypeInfo<T> type)
    {
        _type = type;
        _ignoreCase = type.Options.PropertyNameCaseInsensitive;
        _schema = SchemaExporter.Of(type);
        IsObject = SchemaNode.Types(_schema).Contains("object");

        // The root must be an object, and not a union: OpenAI rejects both (documented).
        var isPlainObject = _schema["anyOf"] is null && SchemaNode.Types(_schema) is ["object"];
        _isWrapped = !isPlainObject;

        var sent = _isWrapped ? SchemaReferences.Wrap(_schema, Wrapper) : _schema;
        var strict = StrictSchema.Make(sent);
        IsStrict = strict is not null;
        Schema = SchemaNode.ToElement(strict ?? sent);
    }

    /// <summary>The schema to send.</summary>
    public JsonElement Schema { get; }

    /// <summary>Whether the schema can be sent in strict mode.</summary>
    public bool IsStrict { get; }

    /// <summary>Whether the type is written as an object.</summary>
    public bool IsObject { get; }

    public string Name => _type.Type.Name;

    /// <summary>The shape of a type, on the wire an object: anything else is wrapped into one.</summary>
    public static JsonShape<T> Of(JsonTypeInfo<T> type) =>
        _known.GetValue(type, known => new JsonShape<T>(known));

    /// <summary>Reads what a model wrote.</summary>
    /// <param name="json">The value; models forget the wrapper at times.</param>
    /// <param name="value">The value as the type.</param>
    /// <param name="problem">What is wrong and where, for the model to correct.</param>
    public bool TryRead(
        JsonElement json, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? problem)
    {
        value = default;
        problem = Prepare(json, out var prepared)
            ?? Deserialize(prepared, out value)
            ?? SchemaReading.Problem(prepared, _schema, _ignoreCase);

        if (problem is not null)
        {
            value = default;
        }

        return problem is null;
    }

    private string? Prepare(JsonElement json, out JsonElement prepared)
    {
        prepared = json;
        if (JsonEscapes.HasLoneSurrogates(json.GetRawText()))
        {
            return "$ contains half of a character (an incomplete surrogate pair)";
        }

        var unwrapped = _isWrapped ? Unwrap(json) : json;
        prepared = JsonConformer.Conform(unwrapped, _schema, _ignoreCase);

        return null;
    }

    private string? Deserialize(JsonElement json, out T? value)
    {
        value = default;
        try
        {
            value = json.Deserialize(_type);
            return null;
        }
        catch (JsonException exception)
        {
            return SchemaValidator.Problem(json, _schema, ignoreCase: true) ?? Describe(exception);
        }
#pragma warning disable CA1031 // Constructors, setters and converters of the type may throw anything for a value that they reject.
        catch (Exception exception)
        {
            return exception.Message;
        }
#pragma warning restore CA1031
    }

    private static JsonElement Unwrap(JsonElement json)
    {
        var isWrapper = json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Count() == 1;
        if (!isWrapper)
        {
            return json;
        }

        return SchemaBranches.Member(json, Wrapper, ignoreCase: true) ?? json;
    }

    /// <summary>
    /// The platform's own messages name types of this program; those of a converter are kept, without their tail of line and
    /// byte.
    /// </summary>
    private static string Describe(JsonException exception)
    {
        var message = exception.Message;
        if (message.StartsWith("The JSON value could not be converted to ", StringComparison.Ordinal))
        {
            return $"{exception.Path} is not of the form that the schema requires";
        }

        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        if (end >= 0)
        {
            message = message.Substring(0, end);
        }

        return $"{exception.Path ?? "$"}: {message}";
    }
}
