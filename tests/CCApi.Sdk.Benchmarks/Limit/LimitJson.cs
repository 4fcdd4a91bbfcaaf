using System;
using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk.Benchmarks;

internal static class LimitJson
{
    public delegate T Reading<out T>(ReadOnlySpan<byte> json);

    public static void Write(Utf8JsonWriter writer, LimitRequest request)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        writer.WriteStartArray("messages"u8);
        foreach (var message in request.Messages)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, message.Role);
            writer.WriteString("content"u8, message.Content);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public static LimitCompletion Completion(ReadOnlySpan<byte> json) => new LimitChunkReader().Read(json);

    public static LimitImage Image(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("b64_json"u8))
            {
                reader.Read();
                return new LimitImage(reader.GetBytesFromBase64());
            }
        }

        throw new InvalidOperationException("The response has no image.");
    }

    public static IReadOnlyList<LimitModel> Models(ReadOnlySpan<byte> json)
    {
        var models = new List<LimitModel>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("data"u8))
            {
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                {
                    models.Add(Model(ref reader));
                }
            }
        }

        return models;
    }

    /// <summary>The content of the first choice; null when it has none.</summary>
    public static string? ChunkText(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("choices"u8))
            {
                reader.Skip();
                continue;
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("content"u8))
                {
                    reader.Read();
                    return reader.GetString() is { Length: > 0 } text ? text : null;
                }
            }
        }

        return null;
    }

    public static void ReadChoices(ref Utf8JsonReader reader, LimitCompletion completion)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
                {
                    reader.Read();
                    ReadMessage(ref reader, completion);
                }
                else if (reader.ValueTextEquals("finish_reason"u8))
                {
                    reader.Read();
                    completion.FinishReason = reader.TokenType == JsonTokenType.Null ? null : reader.ValueTextEquals("stop"u8) ? "stop" : reader.GetString();
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    public static void ReadUsage(ref Utf8JsonReader reader, LimitCompletion completion)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                reader.Read();
                completion.PromptTokens = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                reader.Read();
                completion.CompletionTokens = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("total_tokens"u8))
            {
                reader.Read();
                completion.TotalTokens = reader.GetInt64();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, LimitCompletion completion)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                reader.Read();
                completion.Text = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static LimitModel Model(ref Utf8JsonReader reader)
    {
        string? id = null, name = null, ownedBy = null, prompt = null, completion = null;
        var created = 0L;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                id = reader.GetString();
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                reader.Read();
                name = reader.GetString();
            }
            else if (reader.ValueTextEquals("owned_by"u8))
            {
                reader.Read();
                ownedBy = reader.GetString();
            }
            else if (reader.ValueTextEquals("created"u8))
            {
                reader.Read();
                created = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("pricing"u8))
            {
                reader.Read();
                (prompt, completion) = Pricing(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new LimitModel(id, name, ownedBy, created, prompt, completion);
    }

    private static (string? Prompt, string? Completion) Pricing(ref Utf8JsonReader reader)
    {
        string? prompt = null, completion = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("prompt"u8))
            {
                reader.Read();
                prompt = reader.GetString();
            }
            else if (reader.ValueTextEquals("completion"u8))
            {
                reader.Read();
                completion = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return (prompt, completion);
    }
}
