using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CCApi.Sdk.Benchmarks;

// What a program that needs no SDK would write down of the contract: the members that are sent, and no more.

public sealed record FloorRequest(string Model, IReadOnlyList<FloorMessage> Messages, bool? Stream = null);

public sealed class FloorMessage
{
    public string? Role { get; set; }

    public string? Content { get; set; }

    public string? Refusal { get; set; }

    public IReadOnlyList<FloorToolCall>? ToolCalls { get; set; }
}

public sealed class FloorToolCall
{
    public int? Index { get; set; }

    public string? Id { get; set; }

    public string? Type { get; set; }

    public FloorFunction? Function { get; set; }
}

public sealed class FloorFunction
{
    public string? Name { get; set; }

    public string? Arguments { get; set; }
}

public sealed class FloorCompletion
{
    public string? Id { get; set; }

    public string? Object { get; set; }

    public long Created { get; set; }

    public string? Model { get; set; }

    public string? SystemFingerprint { get; set; }

    public IReadOnlyList<FloorChoice>? Choices { get; set; }

    public FloorUsage? Usage { get; set; }
}

public sealed class FloorChoice
{
    public int Index { get; set; }

    public FloorMessage? Message { get; set; }

    public FloorMessage? Delta { get; set; }

    public JsonElement? Logprobs { get; set; }

    public string? FinishReason { get; set; }
}

public sealed class FloorUsage
{
    public long PromptTokens { get; set; }

    public long CompletionTokens { get; set; }

    public long TotalTokens { get; set; }
}

public sealed record FloorImageRequest(string Model, string Prompt, string ResponseFormat);

public sealed class FloorImages
{
    public long Created { get; set; }

    public IReadOnlyList<FloorImage>? Data { get; set; }
}

public sealed class FloorImage
{
    public string? Url { get; set; }

    public byte[]? B64Json { get; set; }

    public string? RevisedPrompt { get; set; }
}

public sealed class FloorModels
{
    public string? Object { get; set; }

    public IReadOnlyList<FloorModel>? Data { get; set; }
}

public sealed class FloorModel
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Object { get; set; }

    public long Created { get; set; }

    public string? OwnedBy { get; set; }

    public JsonElement? Pricing { get; set; }

    public IReadOnlyList<string>? SupportedEndpointTypes { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FloorRequest))]
[JsonSerializable(typeof(FloorCompletion))]
[JsonSerializable(typeof(FloorImageRequest))]
[JsonSerializable(typeof(FloorImages))]
[JsonSerializable(typeof(FloorModels))]
internal sealed partial class FloorJson : JsonSerializerContext;
