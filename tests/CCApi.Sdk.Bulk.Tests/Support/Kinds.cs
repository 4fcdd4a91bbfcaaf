using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Support;

/// <summary>Items of every kind, whose prompts are their ids.</summary>
internal static partial class Kinds
{
    /// <summary>The completion of structured output.</summary>
    public const string Value =
        """{"choices":[{"index":0,"message":{"role":"assistant","content":"{\"A\":1}"},"finish_reason":"stop"}],"usage":{"cost":0.25}}""";

    private static readonly Dictionary<string, Func<string, BulkItem>> _kinds = new()
    {
        ["chat"] = id => BulkItem.Chat(id, "m", id),
        ["structured"] = id => Structured(id, KindsJson.Default.One),
        ["speech"] = id => BulkItem.Speech(id, new AudioSpeechRequest { Model = "m", Input = id, Voice = "v" }),
        ["image"] = id => BulkItem.Image(id, MultimodalImageGenerationRequest.FromPrompt(id)),
        ["legacy"] = id => BulkItem.Image(id, new LegacyImageGenerationRequest { Model = "m", Prompt = id }),
    };

    public static TheoryData<string> All => [.. _kinds.Keys];

    public static async IAsyncEnumerable<BulkItem> Items(string kind, params string[] ids)
    {
        await Task.CompletedTask;
        foreach (var id in ids)
        {
            yield return _kinds[kind](id);
        }
    }

    public static BulkItem Structured<T>(string id, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        BulkItem.StructuredOutput(id, new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User(id)] }, type);

    public static FakeGateway Gateway(string kind) => new((_, _) => kind == "structured" ? FakeGateway.Json(200, Value) : null);

    public static string[] Ids(int count) => [.. Enumerable.Range(1, count).Select(number => $"item-{number}")];

    internal sealed record One(int A);

    internal sealed record Two(int A, [property: JsonRequired] string B);

    [JsonSerializable(typeof(One))]
    [JsonSerializable(typeof(Two))]
    internal sealed partial class KindsJson : JsonSerializerContext;
}
