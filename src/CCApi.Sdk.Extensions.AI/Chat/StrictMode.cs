using System.Collections.Generic;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Whether a schema must be followed exactly: the entry <c>strict</c> of the additional properties, as Microsoft.Extensions.AI's
/// adapters have it.
/// </summary>
internal static class StrictMode
{
    public const string Key = "strict";

    // What strict mode demands of a schema (inferred from the OpenAI API).
    private static readonly AIJsonSchemaTransformCache _schemas = new(new AIJsonSchemaTransformOptions
    {
        ConvertBooleanSchemas = true,
        DisallowAdditionalProperties = true,
        MoveDefaultKeywordToDescription = true,
        RequireAllProperties = true,
    });

    public static bool? Of(IReadOnlyDictionary<string, object?>? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) ? ToBoolean(value) : null;

    public static JsonElement SchemaOf(AIFunctionDeclaration function) => _schemas.GetOrCreateTransformedSchema(function);

    public static JsonElement? SchemaOf(ChatResponseFormatJson format) => _schemas.GetOrCreateTransformedSchema(format);

    private static bool? ToBoolean(object? value) => value switch
    {
        bool strict => strict,
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };
}
