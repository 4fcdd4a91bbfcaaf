namespace CCApi.Sdk.Models;

public sealed partial class ChatCompletionRequest
{
    /// <summary>A copy that asks for a stream and, unless the caller decided it, for the usage at its end.</summary>
    internal ChatCompletionRequest ToStreamed()
    {
        var copy = Copy();
        copy.Stream = true;
        copy.StreamOptions = StreamOptions is null
            ? new ChatStreamOptions { IncludeUsage = true }
            : new ChatStreamOptions { IncludeUsage = StreamOptions.IncludeUsage ?? true, AdditionalProperties = StreamOptions.AdditionalProperties };
        return copy;
    }

    internal ChatCompletionRequest Copy() => (ChatCompletionRequest)MemberwiseClone();
}
