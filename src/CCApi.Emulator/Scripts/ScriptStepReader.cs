using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace CCApi.Emulator;

/// <summary>Reads one response of a script file.</summary>
internal static class ScriptStepReader
{
    private static readonly string[] _chatMembers =
    [
        "text", "json", "reasoning", "refusal", "tool_calls", "pieces", "finish_reason", "model", "usage", "choices",
    ];

    /// <summary>Reads a response for requests of a route.</summary>
    /// <exception cref="EmulatorScriptException">It is not a valid response for that route.</exception>
    public static ScriptedStep Read(ScriptNode node, ScriptRoute route, string folder)
    {
        var step = ReadKind(node, route, folder);
        return step with { Delay = node.Delay("delay_ms") ?? TimeSpan.Zero };
    }

    private static ScriptedStep ReadKind(ScriptNode node, ScriptRoute route, string folder)
    {
        if (node.Member("error") is { } error)
        {
            node.CheckMembers("error", "delay_ms");
            return new ResponseStep(Error(error));
        }

        if (node.Member("fault") is { } fault)
        {
            node.CheckMembers("fault", "delay_ms");
            return new FaultStep(EmulatorFaults.Parse(fault.AsText()) ?? throw fault.Error(
                "is not a fault, such as reset, truncated or status-503"));
        }

        if (node.Has("pass"))
        {
            node.CheckMembers("pass", "delay_ms");
            return node.Boolean("pass") == true ? new PassStep() : throw node.Member("pass")!.Value.Error("must be true, or left out");
        }

        if (node.Has("body") || node.Has("body_file") || node.Has("events") || node.Has("status"))
        {
            return new ResponseStep(Response(node, folder));
        }

        if (route == ScriptRoute.Speech)
        {
            node.CheckMembers("audio", "audio_file", "media_type", "delay_ms");
            return new SpeechStep(File(node, "audio", folder), node.MediaType("media_type") ?? "audio/mpeg");
        }

        if (route == ScriptRoute.Images)
        {
            node.CheckMembers("images", "revised_prompt", "delay_ms");
            if (node.Items("images").Count == 0)
            {
                throw node.Error("must have images: base64, or a data_file of each");
            }

            return new ImageStep(
                [.. node.Items("images").Select(image => Image(image, folder))], node.Text("revised_prompt"));
        }

        if (route == ScriptRoute.Chat)
        {
            return new ChatStep(Chat(node));
        }

        throw node.Error("must have one of body, body_file, events, status, error, fault or pass");
    }

    private static GatewayResponse Error(ScriptNode error)
    {
        error.CheckMembers("status", "message", "type", "code", "param", "retry_after");
        var status = error.Integer("status", 400, 599) ?? 500;
        var retryAfter = error.RetryAfter("retry_after");

        return ScriptResponses.Error(
            status,
            error.Text("message"),
            error.Text("type"),
            error.Text("code"),
            error.Text("param"),
            retryAfter);
    }

    private static GatewayResponse Response(ScriptNode node, string folder)
    {
        node.CheckMembers("status", "content_type", "body", "body_file", "events", "delay_ms");
        var status = node.Integer("status", 200, 599) ?? 200;
        if (node.Has("events"))
        {
            return GatewayResponse.Stream(node.Items("events").Select(TextOrJson));
        }

        if (node.Has("body_file"))
        {
            return GatewayResponse.Bytes(
                File(node, "body", folder), node.MediaType("content_type") ?? "application/octet-stream", status);
        }

        var body = node.Member("body") is { } value ? TextOrJson(value) : string.Empty;

        return GatewayResponse.Bytes(
            Encoding.UTF8.GetBytes(body), node.MediaType("content_type") ?? "application/json", status);
    }

    private static string TextOrJson(ScriptNode node)
    {
        if (node.Element.ValueKind == JsonValueKind.String)
        {
            return node.AsText();
        }

        return node.AsJson();
    }

    private static byte[] Image(ScriptNode node, string folder)
    {
        if (!node.IsObject)
        {
            return Base64(node);
        }

        node.CheckMembers("data", "data_file");

        return File(node, "data", folder);
    }

    /// <summary>Reads bytes from base64 in a member, or from the file that its twin with <c>_file</c> names.</summary>
    private static byte[] File(ScriptNode node, string name, string folder)
    {
        if (node.Member(name) is { } data)
        {
            return Base64(data);
        }

        var file = node.Member($"{name}_file") ?? throw node.Error($"must have {name} (base64) or {name}_file");

        try
        {
            return System.IO.File.ReadAllBytes(Path.Combine(folder, file.AsText()));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw file.Error($"cannot be read: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    private static byte[] Base64(ScriptNode node)
    {
        try
        {
            return Convert.FromBase64String(node.AsText());
        }
        catch (FormatException exception)
        {
            throw node.Error("is not base64", exception);
        }
    }

    private static ScriptedChat Chat(ScriptNode node)
    {
        node.CheckMembers([.. _chatMembers, "delay_ms"]);
        if (!_chatMembers.Any(node.Has))
        {
            throw node.Error("must have one of text, json, pieces, tool_calls, refusal, error, fault, body, events or pass");
        }

        return new ScriptedChat
        {
            Text = node.Member("json") is { } json ? json.AsJson() : node.Text("text"),
            Reasoning = node.Text("reasoning"),
            Refusal = node.Text("refusal"),
            ToolCalls = [.. node.Items("tool_calls").Select(ToolCall)],
            Pieces = node.Has("pieces") ? [.. node.Items("pieces").Select(Piece)] : null,
            FinishReason = node.Text("finish_reason"),
            Model = node.Text("model"),
            Usage = node.Member("usage") is { } usage ? Usage(usage) : null,
            Choices = node.Integer("choices", 1, 128),
        };
    }

    private static ScriptedToolCall ToolCall(ScriptNode node)
    {
        node.CheckMembers("name", "arguments", "id");
        var arguments = node.Member("arguments") is { } value ? TextOrJson(value) : "{}";

        if (string.IsNullOrWhiteSpace(node.Text("name")))
        {
            throw node.Error("must have a name");
        }

        return new ScriptedToolCall(node.Text("name")!, arguments, node.Text("id"));
    }

    private static ScriptedPiece Piece(ScriptNode node)
    {
        if (!node.IsObject)
        {
            return new ScriptedPiece(node.AsText());
        }

        node.CheckMembers("text", "delay_ms");

        return new ScriptedPiece(
            node.Text("text") ?? throw node.Error("must have a text"),
            node.Delay("delay_ms") ?? TimeSpan.Zero);
    }

    private static ScriptedUsage Usage(ScriptNode node)
    {
        node.CheckMembers("prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens", "cost");
        return new ScriptedUsage(
            node.Integer("prompt_tokens", 0, int.MaxValue) ?? 0,
            node.Integer("completion_tokens", 0, int.MaxValue) ?? 0,
            node.Integer("cached_tokens", 0, int.MaxValue) ?? 0,
            node.Integer("reasoning_tokens", 0, int.MaxValue) ?? 0,
            node.Number("cost", 0, EmulatorBounds.MaxCredits));
    }
}
