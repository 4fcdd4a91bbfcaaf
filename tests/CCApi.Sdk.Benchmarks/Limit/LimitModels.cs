using System.Collections.Generic;

namespace CCApi.Sdk.Benchmarks;

// Only what the program reads of a response.

public sealed class LimitCompletion
{
    public string? Id { get; set; }

    public string? Model { get; set; }

    public long Created { get; set; }

    public string? Text { get; set; }

    public string? FinishReason { get; set; }

    public long PromptTokens { get; set; }

    public long CompletionTokens { get; set; }

    public long TotalTokens { get; set; }
}

public sealed record LimitImage(byte[] Bytes);

public sealed record LimitModel(string? Id, string? Name, string? OwnedBy, long Created, string? PromptPrice, string? CompletionPrice);

public sealed record LimitMessage(string Role, string Content);

public sealed record LimitRequest(string Model, IReadOnlyList<LimitMessage> Messages);
