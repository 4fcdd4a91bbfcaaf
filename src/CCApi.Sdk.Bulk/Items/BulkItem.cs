using System;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

/// <summary>One call of a bulk run, with an id that is unique in the run. Immutable, as long as its request is not changed.</summary>
public sealed class BulkItem
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxIdLength = 256;

    private BulkItem(string id, ItemWork work)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException("An item needs an id that is not empty.", nameof(id));
        }

        if (id.Length > MaxIdLength)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The id has {id.Length} characters; at most {MaxIdLength} are allowed."), nameof(id));
        }

        if (!IsWhole(id))
        {
            throw new ArgumentException("The id has half of a surrogate pair: use whole characters.", nameof(id));
        }

        Id = id;
        Work = work;
    }

    /// <summary>The id: what a ledger recognizes the item by when a run is resumed.</summary>
    public string Id { get; }

    internal ItemWork Work { get; }

    /// <summary>Creates a chat completion.</summary>
    /// <param name="id">The id, at most 256 characters.</param>
    /// <param name="request">The request, without streaming.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode.</exception>
    public static BulkItem Chat(string id, ChatCompletionRequest request) => new(id, new ChatWork(NotNull(request)));

    /// <summary>Creates a chat completion of one prompt.</summary>
    /// <param name="id">The id, at most 256 characters.</param>
    /// <param name="model">The model's id.</param>
    /// <param name="prompt">The prompt.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode, or the model or the prompt is empty.</exception>
    public static BulkItem Chat(string id, string model, string prompt)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        return Chat(id, new ChatCompletionRequest { Model = model, Messages = [ChatMessage.User(prompt)] });
    }

    /// <summary>Creates a chat completion that is a value of a type; <see cref="BulkOutcome.GetValue{T}"/> returns it.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="id">The id, at most 256 characters.</param>
    /// <param name="request">The request, without a response format.</param>
    /// <param name="type">How the type is read, such as <c>AppJson.Default.Recipe</c>.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode.</exception>
    public static BulkItem StructuredOutput<T>(string id, ChatCompletionRequest request, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new BulkItem(id, new StructuredOutputWork<T>(NotNull(request), type));
    }

    /// <summary>Creates speech; with <see cref="BulkOptions.MediaFolder"/> it is saved there.</summary>
    /// <param name="id">The id, at most 256 characters.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode.</exception>
    public static BulkItem Speech(string id, AudioSpeechRequest request) => new(id, new SpeechWork(NotNull(request)));

    /// <summary>
    /// Creates images, by a job where the gateway starts one; with <see cref="BulkOptions.MediaFolder"/> they are saved there.
    /// </summary>
    /// <param name="id">The id, at most 256 characters.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode.</exception>
    public static BulkItem Image(string id, MultimodalImageGenerationRequest request) => new(id, new ImageWork(NotNull(request)));

    /// <summary>Creates images by the older operation; with <see cref="BulkOptions.MediaFolder"/> they are saved there.</summary>
    /// <param name="id">The id, at most 256 characters.</param>
    /// <param name="request">The request.</param>
    /// <exception cref="ArgumentException">The id is empty, too long or not valid Unicode.</exception>
    public static BulkItem Image(string id, LegacyImageGenerationRequest request) => new(id, new LegacyImageWork(NotNull(request)));

    /// <summary>Returns the id and the operation.</summary>
    public override string ToString() => $"{Work.Kind} {Id}";

    /// <summary>Whether ids that differ do so as UTF-8 too, as ledgers and keys store them.</summary>
    private static bool IsWhole(string id)
    {
        for (var i = 0; i < id.Length;)
        {
            if (!Rune.TryGetRuneAt(id, i, out var rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength;
        }

        return true;
    }

    private static T NotNull<T>(T request)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(request);
        return request;
    }
}
