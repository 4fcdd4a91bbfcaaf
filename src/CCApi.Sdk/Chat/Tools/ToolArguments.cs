using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Reads the text that a model wrote as the arguments of a call.</summary>
internal static class ToolArguments
{
    private const string None = "{}";
    private const string InvalidUnicode = "they contain half of a character (an incomplete surrogate pair)";

    private static readonly JsonDocumentOptions _options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <param name="text">The text; an empty one means no arguments, as some models write it.</param>
    /// <param name="isTruncated">Whether the response was truncated: then an empty text means that the arguments are missing.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="problem">What is wrong and where, for the model to correct.</param>
    public static bool TryParse(
        string text, bool isTruncated, out JsonElement arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = default;
        problem = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            text = None;
            if (isTruncated)
            {
                problem = "they are missing, because the response was truncated; write less";
            }
        }

        try
        {
            arguments = ParseObject(text);
            problem ??= Problem(arguments);
        }
        catch (JsonException exception)
        {
            var reason = isTruncated ? ", because the response was truncated; write less" : null;
            problem = $"they are not valid JSON{reason}: {Describe(exception)}";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair in a text that was encoded twice.
            problem = InvalidUnicode;
        }

        return problem is null;
    }

    /// <summary>
    /// The arguments as strict back ends accept them: as received when they are a JSON object, else as much of them as can be
    /// read.
    /// </summary>
    public static ChatToolArguments ToValid(ChatToolArguments? received)
    {
        var text = received?.ToString() ?? string.Empty;
        if (IsStrictObject(text))
        {
            return received!.Value;
        }

        var isValid = TryParse(text, isTruncated: false, out var arguments, out _);

        return new ChatToolArguments(isValid ? ReadableJson.Write(arguments.WriteTo) : None);
    }

    private static string? Problem(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            return "they must be a JSON object";
        }

        if (JsonEscapes.HasLoneSurrogates(arguments.GetRawText()))
        {
            return InvalidUnicode;
        }

        return null;
    }

    private static bool IsStrictObject(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;

            while (isObject && reader.Read())
            {
                // To the end, where anything that follows the object throws.
            }

            return isObject && !JsonEscapes.HasLoneSurrogates(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The platform's message without its tail of line and byte.</summary>
    private static string Describe(JsonException exception)
    {
        var tail = exception.Message.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        if (tail < 0)
        {
            return exception.Message;
        }

        return exception.Message.Substring(0, tail);
    }

    private static JsonElement ParseObject(string text)
    {
        var value = Parse(text);
        if (value.ValueKind == JsonValueKind.String)
        {
            // An object that was encoded as a text once too often.
            value = Parse(value.GetString()!);
        }

        // Some languages write an empty map as a list.
        var isEmptyList = value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0;
        if (isEmptyList || value.ValueKind == JsonValueKind.Null)
        {
            return Parse(None);
        }

        return value;
    }

    private static JsonElement Parse(string text)
    {
        // Bytes, because half a character in the text would make the parser of texts throw something else.
        var bytes = Encoding.UTF8.GetBytes(text);
        using var document = JsonDocument.Parse(JsonRepair.EscapeControlCharacters(bytes) ?? bytes, _options);

        return document.RootElement.Clone();
    }
}
