using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// The arguments of a tool call: the first byte chooses the tool and how the completion ended, the rest is what the model wrote; or a schema, a line feed and the
/// arguments. A tool gets what its schema requires, or the model gets an error result; and the arguments are sent back as a JSON object.
/// </summary>
internal static class ArgumentsTarget
{
    private const string Schema =
        """
        {"type":"object","properties":{"id":{"type":"integer","minimum":1},"tags":{"type":"array","items":{"enum":["a","b"]}},"at":{"$ref":"#/$defs/at"}},
        "required":["id"],"additionalProperties":false,"$defs":{"at":{"type":["string","null"]}}}
        """;

    private static readonly CannedGateway _gateway = new();

    // The platform's metadata does not know whether an item may be null, so the schemas allow it.
    private static readonly Func<ChatTools>[] _tools =
    [
        () => Typed(FuzzJson.Default.Place, place => place.City is not null),
        () => Typed(FuzzJson.Default.Recipe, recipe => recipe is { Title: not null, Ingredients: not null } && recipe.Ingredients.All(one => one is null or { Name: not null })),
        () => Typed(FuzzJson.Default.Branch, branch => branch.Branches is not null),
        () => Typed(FuzzJson.Default.Shape, shape => shape is Circle or Square),
        () => new ChatTools().Add("f", "d", Schema, (json, _) => CheckWritten(json)),
    ];

    private static readonly string[] _finishReasons = ["tool_calls", "stop", "length", ""];

    // Tools run on the thread pool. Nothing else takes time.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var (choice, text) = (input[0] % 24, Encoding.UTF8.GetString(input, 1, input.Length - 1));
        var finishReason = _finishReasons[choice / 6];
        if (choice % 6 < _tools.Length)
        {
            await EndAsync(RunAsync(_tools[choice % 6](), text, finishReason)).ConfigureAwait(false);
            return;
        }

        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var schema = end < 0 ? "{}" : text[..end];
        ChatTools tools;
        try
        {
            tools = new ChatTools().Add("f", "d", schema, (json, _) => Task.FromResult(json.GetRawText()));
        }
        catch (ArgumentException)
        {
            return;
        }

        await EndAsync(RunAsync(tools, text[(end + 1)..], finishReason)).ConfigureAwait(false);
    }

    private static async Task EndAsync(Task run)
    {
        try
        {
            await run.WaitAsync(_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new FindingException("A run waits although everything was received.");
        }
    }

    private static async Task RunAsync(ChatTools tools, string arguments, string finishReason)
    {
        var requests = 0;
        var client = _gateway.Respond(() => _gateway.Json(++requests == 1 ? Completions.Call("f", arguments, finishReason) : Completions.Text("Done.")));
        ChatDoneStep? done = null;
        ChatToolResultStep? result = null;
        var request = new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")] };
        await foreach (var step in client.Chat.RunAsync(request, tools))
        {
            result = step as ChatToolResultStep ?? result;
            done = step as ChatDoneStep;
        }

        if (result?.Exception is FindingException finding)
        {
            throw finding;
        }

        if (done is null || result is null)
        {
            throw new FindingException("A run ended without its last step, or without the result of its call.");
        }

        Behavior.Add(result.IsError, result.IsError ? WithoutExcerpt(result.Content) : "");
        CheckSentBack(_gateway.LastBody);
        Planted.CheckToolResult(result);
    }

    /// <summary>Strict back ends take only calls whose arguments are a JSON object.</summary>
    private static void CheckSentBack(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var messages = document.RootElement.GetProperty("messages");
        var call = messages[1].GetProperty("tool_calls")[0];
        var arguments = call.GetProperty("function").GetProperty("arguments");
        using var parsed = JsonDocument.Parse(arguments.GetString()!);
        if (parsed.RootElement.ValueKind != JsonValueKind.Object || messages[2].GetProperty("tool_call_id").GetString() != call.GetProperty("id").GetString())
        {
            throw new FindingException($"This goes back: {messages.GetRawText()}");
        }
    }

    private static ChatTools Typed<T>(JsonTypeInfo<T> type, Func<T, bool> isWhole) => new ChatTools().Add("f", "d", type, (T given, CancellationToken _) =>
        isWhole(given) ? Task.FromResult("ok") : throw new FindingException($"A tool got {JsonSerializer.Serialize(given, type)}"));

    private static Task<string> CheckWritten(JsonElement json)
    {
        var isFitting = json.GetProperty("id").ValueKind == JsonValueKind.Number
            && json.EnumerateObject().All(member => member.Name is "id" or "tags" or "at")
            && (!json.TryGetProperty("tags", out var tags) || tags.EnumerateArray().All(tag => tag.ValueEquals("a") || tag.ValueEquals("b")));
        return isFitting ? Task.FromResult("ok") : throw new FindingException($"A tool got {json.GetRawText()}");
    }

    private static string WithoutExcerpt(string problem) => new([.. problem.TakeWhile(character => character != '"').Where(character => !char.IsDigit(character)).Take(60)]);
}
