using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>Reads the text that a model wrote as the arguments of a call.</summary>
internal static class ToolArguments
{
    private static readonly JsonDocumentOptions _options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <param name="text">The text; nothing means no arguments, as some models say it.</param>
    /// <param name="isCut">Whether the answer ended before its time: then nothing means that they are missing.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="problem">What is wrong and where, for the model to mend.</param>
    public static bool TryParse(string text, bool isCut, out JsonElement arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = default;
        problem = null;
        if (text.Trim().Length == 0)
        {
            problem = isCut ? "they were cut off; write less" : null;
            text = "{}";
        }

        try
        {
            arguments = Parse(text);
            if (arguments.ValueKind == JsonValueKind.String)
            {
                // An object that was made a text once too often.
                arguments = Parse(arguments.GetString()!);
            }

            if (arguments.ValueKind == JsonValueKind.Null)
            {
                arguments = Parse("{}");
            }

            problem ??= arguments.ValueKind == JsonValueKind.Object ? null : "they must be a JSON object";
        }
        catch (JsonException exception)
        {
            problem = $"they are no JSON{(isCut ? ", because they were cut off; write less" : null)}: {exception.Message}";
        }

        return problem is null;
    }

    private static JsonElement Parse(string text)
    {
        // Bytes, because half a character in the text would make the parser of texts throw something else.
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), _options);
        return document.RootElement.Clone();
    }
}
