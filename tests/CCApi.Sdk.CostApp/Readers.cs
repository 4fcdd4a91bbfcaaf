using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.CostApp;

/// <summary>Every reader of the SDK that meets what a gateway sends.</summary>
internal static partial class Readers
{
    private const int Mebibyte = 1024 * 1024;

    // Readers that are fast: below a tenth of a second, the collector counts more than the reader.
    private const int Large = 16 * Mebibyte;

    // With the key of the call, as many as redaction keeps.
    private const int OtherKeys = 15;
    private const string Done = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    public static Reader[] All { get; } = [.. Plain(), .. Streams(), .. Lists(), .. Texts(), .. StructuredOutputs(), .. Errors(), .. Redactions(), .. Tools()];

    /// <summary>A reader whose cost grows with the square, which the tests must notice; its bodies are so large that the square is nearly all of it.</summary>
    public static Reader Planted { get; } = Events("planted", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Word \"}}]}\n\n", async (client, token) =>
    {
        // Sums, because copies would be paid for by the kernel, whose time is not counted.
        var lengths = new List<int>();
        var total = 0;
        await foreach (var piece in client.Chat.StreamAsync(Request()).ReadTextAsync(token))
        {
            lengths.Add(piece.Length);
            total = Math.Max(total, lengths.Sum());
        }
    }) with
    { Size = 8 * Mebibyte };

    private static IEnumerable<Reader> Plain()
    {
        yield return new("plain choices", "{\"choices\":[", """{"index":1########,"message":{"role":"assistant","content":"Yes."}},""", "{}]}", Complete) { Size = Large };
        yield return new("plain choices, empty", "{\"choices\":[", "{},", "{}]}", Complete);
        yield return new("plain content parts", "{\"choices\":[{\"message\":{\"content\":[", """{"type":"text","text":"Yes."},""", "{}]}}]}", Complete);
        yield return new("plain reasoning_details", "{\"choices\":[{\"message\":{\"content\":\"a\",\"reasoning_details\":[", """{"type":"reasoning.text","text":"Hm."},""", "{}]}}]}", Complete) { Size = Large };
        yield return new("plain tool calls", "{\"choices\":[{\"message\":{\"tool_calls\":[", """{"id":"call-########","type":"function","function":{"name":"f","arguments":"{}"}},""", "{}]}}]}", Complete) { Size = Large };
        yield return new("plain logprobs", "{\"choices\":[{\"logprobs\":{\"content\":[", """{"token":" the","logprob":-0.12345678,"bytes":[32,116,104,101],"top_logprobs":[]},""", "{}]}}]}", Complete) { Size = Large };
        yield return new("unknown members of one object", "{\"choices\":[],", "\"member-########\":1,", "\"end\":1}", Complete);
        yield return new("unknown members, empty objects", "{\"choices\":[],\"unknown\":[", "{},", "{}]}", Complete);
        yield return new("unreadable members", "{\"choices\":[", """{"index":[1],"message":"a text instead of an object","finish_reason":{}},""", "{}]}", Complete) { Size = 2 * Mebibyte };
    }

    private static IEnumerable<Reader> Streams()
    {
        yield return Events("text of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Word \"}}]}\n\n", ReadText);
        yield return Events("chunks of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Word \"}}]}\n\n", ReadChunks);
        // Optimized code takes 3 bytes: what these tests build keeps more alive.
        yield return Events("chunks with unknown members", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Word \",\"extra\":\"x\"}}]}\n\n", GetResponse) with { MemoryPerByte = 12 };
        yield return Events("reasoning of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Word \"}}]}\n\n", GetResponse);
        yield return Events("reasoning_details of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"index\":0,\"text\":\"Word \"}]}}]}\n\n", GetResponse) with { MemoryPerByte = 16 };
        yield return Events("content parts of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"Word \"}]}}]}\n\n", GetResponse);
        yield return Events("tool arguments in pieces", "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"Word \"}}]}}]}\n\n", GetResponse);
        yield return Events("tool calls of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"id\":\"c-########\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}\n\n", GetResponse);
        yield return new("tool calls of one chunk", "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[", """{"id":"call-########","function":{"name":"f","arguments":"{}"}},""", "{}]}}]}\n\n" + Done, GetResponse) { MediaType = "text/event-stream" };
        yield return new("choices of one chunk, one index", "data: {\"choices\":[", """{"index":0,"delta":{"content":"a"}},""", "{}]}\n\n" + Done, GetResponse) { MediaType = "text/event-stream" };
        yield return Events("choices of a stream", "data: {\"choices\":[{\"index\":1########,\"delta\":{}}]}\n\n", GetResponse) with { Size = 2 * Mebibyte };
        yield return Events("logprobs of a stream", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-0.1}]}}]}\n\n", GetResponse);
        yield return Events("think tags in pieces", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"<think>hm</think>Word \"}}]}\n\n", SeparateThinking);
        yield return Events("white space before a think tag", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"          \"}}]}\n\n", SeparateThinking);
        yield return Events("comments", ": PROCESSING\n\n", ReadText);
        yield return Events("short lines without a meaning", "x\n", ReadText);
        yield return Events("data over many lines", "data: {\"choices\":[\ndata: ]}\n\n", ReadText);
        yield return new("one event of many lines", "", "data: [\n", "data: \n\n" + Done, ReadText) { MediaType = "text/event-stream" };
        yield return new("one long line", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"", "Word and word. ", "\"}}]}\n\n" + Done, ReadText) { MediaType = "text/event-stream", Size = 16 * Mebibyte };
        yield return new("one long line of escapes", "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"", "\\u00e9\\\"\\ud83d", "\"}}]}\n\n" + Done, ReadText) { MediaType = "text/event-stream" };
    }

    private static IEnumerable<Reader> Lists()
    {
        yield return new("models", "{\"data\":[", """{"id":"vendor/model-########","object":"model","owned_by":"vendor"},""", "{}]}", (client, token) => client.Catalog.ListModelsAsync(cancellationToken: token)) { Size = Large };
        yield return new("models with unknown members", "{\"data\":[", """{"id":"m-########","context":1000,"pricing":{"prompt":"0.1"}},""", "{}]}", (client, token) => client.Catalog.ListModelsAsync(cancellationToken: token));
        yield return new("models, empty objects", "{\"data\":[", "{},", "{}]}", (client, token) => client.Catalog.ListModelsAsync(cancellationToken: token)) { Size = 16 * Mebibyte };
        yield return new("models, numbers", "{\"data\":[", "0,", "{}]}", (client, token) => client.Catalog.ListModelsAsync(cancellationToken: token)) { Size = 8 * Mebibyte };
        yield return new("models under another name", "{\"models\":[", """{"id":"vendor/model-########","object":"model","owned_by":"vendor"},""", "{}]}", (client, token) => client.Catalog.ListModelsAsync(cancellationToken: token));
        yield return new("providers", "{\"data\":[", """{"name":"provider-########","display_name":"Provider"},""", "{}]}", (client, token) => client.Catalog.ListProvidersAsync(cancellationToken: token)) { Size = Large };
        yield return new("images", "{\"created\":1,\"data\":[", """{"url":"https://example.com/########.png","revised_prompt":"A river"},""", "{}]}", Image) { Size = Large };
        yield return new("a type of the caller's", "[", """{"Id":"########","Name":"A name"},""", "{\"Id\":\"1\",\"Name\":\"end\"}]", (client, token) =>
            client.SendAsync(HttpMethod.Get, "any", null, CostContext.Default.String, CostContext.Default.NamedArray, cancellationToken: token));
    }

    private static IEnumerable<Reader> Texts()
    {
        yield return new("base64", "{\"created\":1,\"data\":[{\"b64_json\":\"", "AAECAwQFBgcICQoL", "\"}]}", Image) { Size = 32 * Mebibyte };
        yield return new("base64 with line breaks", "{\"created\":1,\"data\":[{\"b64_json\":\"", "AAECAwQFBgcICQoL\\n", "\"}]}", Image) { Size = 8 * Mebibyte };
        yield return new("base64 of the URL alphabet", "{\"created\":1,\"data\":[{\"b64_json\":\"data:image/png;base64,", "-_-_AAECAwQFBgcI", "\"}]}", Image) { Size = 8 * Mebibyte };
        yield return new("text that is not base64", "{\"created\":1,\"data\":[{\"b64_json\":\"", "no base64, is it? ", "\"}]}", Image) { Size = 8 * Mebibyte };
    }

    /// <summary>Completions whose JSON is hard to find: with prose around it, incomplete, invalid, or only similar to JSON.</summary>
    private static IEnumerable<Reader> StructuredOutputs()
    {
        yield return Structured("structured output", "\"Oslo-########\",", "{\"Names\":[", "\"Rome\"]}") with { MemoryPerByte = 32 };
        yield return Structured("structured output between other text", "{ [ \" here ");
        yield return Structured("structured output, opening braces", "{");
        yield return Structured("structured output, braces in brackets", "[{");
        yield return Structured("structured output, names of members", "{\"a\":");
        yield return Structured("structured output, quotes", "{\"");
        yield return Structured("structured output, apostrophes", "['a' b, ");
        yield return Structured("structured output, curly quotes", "[\u201Ca\u201D ");
        yield return Structured("structured output, comments", "{/* a */");
        yield return Structured("structured output, white space in a bracket", "     ", "[", "");
        yield return Structured("structured output, white space between brackets", "{              ");
        yield return Structured("structured output, code fences", "```json\n");
        yield return Structured("structured output, code fences with another type", "```json\n{\"Name\":1}\n```\n");
        yield return Structured("structured output, other values", "[1] ");
        yield return Structured("structured output, invalid values", "{\"Names\":} ");
        yield return Structured("structured output, intervals", "[0,1) ");
        yield return Structured("structured output, long intervals", "0,", "[[[[[[[[[[[[[[[[", ")");
        yield return Structured("structured output, values in the reasoning", "[1] ", "", "</think>");
        yield return Structured("structured output, tags in values", "[\"</think>\"] ");
        yield return Structured("structured output, tags that open reasoning", "<think>");
        yield return Structured("structured output, line feeds in a string", "\n", "{\"Names\":[\"", "\"]}") with { MemoryPerByte = 16 };
        yield return Structured("structured output, many problems", "{\"Names\":[1,2,3]} ");
        yield return Structured("structured output, a truncated response", "[1] ", "", "", "length");
    }

    private static Reader Structured(string name, string item, string start = "", string end = "{\"Names\":[]}", string finishReason = "stop") =>
        new(
            name,
            $"{{\"choices\":[{{\"message\":{{\"content\":\"{Escaped(start)}",
            Escaped(item),
            $"{Escaped(end)}\"}},\"finish_reason\":\"{finishReason}\"}}]}}",
            (client, token) => client.Chat.CompleteAsync(Request(), CostContext.Default.Cities, cancellationToken: token))
        { Size = 2 * Mebibyte };

    private static string Escaped(string text) => JsonEncodedText.Encode(text).ToString();

    private static IEnumerable<Reader> Errors()
    {
        yield return new("an error", "{\"error\":{\"message\":\"", "It failed. ", "\"}}", Complete) { Status = 400, Size = Mebibyte / 2 };
        yield return new("an error of many errors", "{\"errors\":[", "{\"message\":\"It failed.\"},", "{}]}", Complete) { Status = 400, Size = Mebibyte / 2 };
        yield return new("an error with many members", "{\"error\":{", "\"member-########\":{},", "\"message\":\"It failed.\"}}", Complete) { Status = 400, Size = Mebibyte / 2 };
        yield return new("a hidden error of empty objects", "{\"error\":[", "{},", "{}]}", Complete);
        yield return new("a hidden error of texts", "{\"error\":[", "\"It failed.\",", "\"\"]}", Complete);
        yield return new("a list of hidden errors", "[", "{\"error\":{\"message\":\"It failed.\"}},", "{\"error\":1}]", Complete);
        yield return new("an error in a stream", "data: {\"error\":{\"message\":\"It failed.\",\"details\":[", "\"because-########\",", "1]}}\n\n", ReadText) { MediaType = "text/event-stream" };
        yield return new("an error that quotes the key", "{\"error\":{\"message\":\"", $"{Program.ApiKey} was rejected. ", "\"}}", Complete) { Status = 400, Size = Mebibyte / 2 };
        yield return new("a hidden error that quotes the key", "{\"error\":{\"message\":\"", $"{Program.ApiKey} was rejected. ", "\",\"details\":[1]}}", Complete) { Size = 2 * Mebibyte };
        yield return new("an error page", "<html>", "<p>Bad gateway</p>\n", "</html>", Complete) { Status = 502, MediaType = "text/html", Size = Mebibyte / 2 };
    }

    /// <summary>Texts that are similar to a key, in every form that redaction reads.</summary>
    private static IEnumerable<Reader> Redactions()
    {
        var key = Program.ApiKey;
        var nearMatch = $"{key[..^1]}! ";
        yield return Redaction("redaction of a key", $"{key} ");
        yield return Redaction("redaction, starts of a key", "sk-cost-");
        yield return Redaction("redaction, first characters", "s");
        yield return Redaction("redaction, near-matches", nearMatch[..14]);
        yield return Redaction("redaction, near-matches in base64", Base64($"{key[..14]}!!!"));
        yield return Redaction("redaction, a key in base64", Base64($"{key}!!!"));
        yield return Redaction("redaction, percent signs", "%");
        yield return Redaction("redaction, escaped percent signs", "%25");
        yield return Redaction("redaction, percent signs escaped three times", "%252525");
        yield return Redaction("redaction, a key escaped as in URLs", PercentEncoded(key));
        yield return Redaction("redaction, near-matches escaped as in URLs", PercentEncoded(nearMatch[..14]));
        yield return Redaction("redaction, backslashes", "\\");
        yield return Redaction("redaction, backslashes escaped as in JSON", "\\u005c");
        yield return Redaction("redaction, near-matches escaped as in JSON", JsonEscaped(nearMatch[..14]));
        yield return Redaction("redaction, ampersands", "&");
        yield return Redaction("redaction, escaped ampersands", "&amp;");
        yield return Redaction("redaction, ampersands escaped three times", "&amp;amp;amp;");
        yield return Redaction("redaction, escaped escapes", "&#37;26#37;26");
        yield return Redaction("redaction, long entities", "&#00000");
        yield return Redaction("redaction, entities of entities", "&#38;#38;#38;");
        yield return Redaction("redaction, characters of entities escaped", "&#x26;&#x23;&#x78;&#x32;&#x36;&#x3b;");
        yield return Redaction("redaction of a key in details", $"{key} ", "{\"error\":{\"message\":\"No.\",\"details\":[\"", "\"]}}");
        yield return Redaction("redaction of a key in the id of a job", $"{key} ", "{\"id\":\"", "\"}") with
        {
            Call = (client, token) => client.Images.GetJobAsync("job", cancellationToken: token),
        };
        yield return Redaction("redaction of sixteen keys, near-matches", nearMatch[..14]) with { OtherKeys = OtherKeys, Size = Mebibyte / 4 };
        yield return Redaction("redaction of sixteen keys, escaped ampersands", "&amp;") with { OtherKeys = OtherKeys };
        yield return Redaction("redaction of sixteen keys, entities of entities", "&#38;#38;#38;") with { OtherKeys = OtherKeys };
        yield return Redaction("redaction of sixteen keys, percent signs escaped three times", "%252525") with { OtherKeys = OtherKeys };
    }

    private static Reader Redaction(string name, string item, string start = "{\"error\":{\"message\":\"", string end = "\"}}") =>
        new(name, start, Escaped(item), end, Complete) { Size = Mebibyte / 2 };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string PercentEncoded(string text) => string.Concat(text.Select(character => $"%{(int)character:x2}"));

    private static string JsonEscaped(string text) => string.Concat(text.Select(character => $"\\u{(int)character:x4}"));

    private static IEnumerable<Reader> Tools()
    {
        yield return new("tool calls of a run", "{\"choices\":[{\"message\":{\"tool_calls\":[", """{"id":"call-########","type":"function","function":{"name":"none","arguments":"{}"}},""", "{}]},\"finish_reason\":\"tool_calls\"}]}", Run) { Size = Mebibyte };
        yield return new("tool arguments with a schema", "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"count\",\"arguments\":\"{\\\"Names\\\":[", "\\\"Oslo-########\\\",", "\\\"Rome\\\"]}\"}}]},\"finish_reason\":\"tool_calls\"}]}", Run) { MemoryPerByte = 32 };
        yield return new("tool arguments that break a schema", "{\"choices\":[{\"message\":{\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"count\",\"arguments\":\"{\\\"Names\\\":[", "1########,", "1]}\"}}]},\"finish_reason\":\"tool_calls\"}]}", Run) { MemoryPerByte = 32 };
    }

    private static Reader Events(string name, string item, Func<CCApiClient, CancellationToken, Task> call) => new(name, "", item, Done, call) { MediaType = "text/event-stream" };

    private static ChatCompletionRequest Request() => new() { Model = "m", Messages = [ChatMessage.User("Hi")] };

    private static Task Complete(CCApiClient client, CancellationToken token) => client.Chat.CompleteAsync(Request(), cancellationToken: token);

    private static Task Image(CCApiClient client, CancellationToken token) => client.Images.GenerateAsync("m", "A river", cancellationToken: token);

    private static Task GetResponse(CCApiClient client, CancellationToken token) => client.Chat.StreamAsync(Request()).GetResponseAsync(token);

    private static async Task ReadText(CCApiClient client, CancellationToken token)
    {
        await foreach (var _ in client.Chat.StreamAsync(Request()).ReadTextAsync(token))
        {
            // Only the reading counts.
        }
    }

    private static async Task ReadChunks(CCApiClient client, CancellationToken token)
    {
        await foreach (var _ in client.Chat.StreamAsync(Request()).WithCancellation(token))
        {
            // Only the reading counts.
        }
    }

    private static async Task SeparateThinking(CCApiClient client, CancellationToken token)
    {
        var options = new CCApiRequestOptions { SeparateThinking = true };
        await client.Chat.StreamAsync(Request(), options).GetResponseAsync(token);
    }

    private static async Task Run(CCApiClient client, CancellationToken token)
    {
        var tools = new ChatTools();
        tools.Add("count", "Counts names", CostContext.Default.Cities, (cities, _) => Task.FromResult($"{cities.Names.Count(name => name.Length > 0)}"));
        tools.Add("none", "Does nothing", """{"type":"object"}""", (_, _) => Task.FromResult("ok"));
        await foreach (var _ in client.Chat.RunAsync(Request(), tools, cancellationToken: token))
        {
            // Only the reading counts.
        }
    }

    internal sealed record Cities(IReadOnlyList<string> Names);

    internal sealed record Named(string Id, string Name);

    [JsonSerializable(typeof(Cities))]
    [JsonSerializable(typeof(Named[]))]
    [JsonSerializable(typeof(string))]
    internal sealed partial class CostContext : JsonSerializerContext;
}
