using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// What a stream gave: a chunk; or, when it differs from the chunk before in nothing but one text, that text, with the chunk only
/// for readers that want it.
/// </summary>
/// <param name="Chunk">The chunk; null when only the text is wanted, and at the end.</param>
/// <param name="Text">The text of choice 0, when nothing else is new; else null.</param>
/// <param name="Slot">The member that the text stands in.</param>
internal readonly record struct StreamPiece(ChatCompletionChunk? Chunk, string? Text, TextSlot Slot)
{
    public bool IsEnd => Chunk is null && Text is null;

    public static StreamPiece Of(ChatCompletionChunk chunk) => new(chunk, Text: null, default);
}
