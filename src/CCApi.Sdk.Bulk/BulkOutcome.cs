using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// How one item ended. None is an exception, and each item has exactly one, unless the run is stopped, canceled or left before.
/// </summary>
public sealed class BulkOutcome
{
    /// <summary>The id of the item; empty for a line of a JSONL file that could not be read.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>How it ended.</summary>
    public BulkStatus Status { get; init; }

    /// <summary>The line of the JSONL file, from 1; null for other input.</summary>
    public int? Line { get; init; }

    /// <summary>The completion of a chat item; null for others, and without a result.</summary>
    public ChatCompletionResponse? Chat => Response as ChatCompletionResponse;

    /// <summary>The text of the completion; null when there is none.</summary>
    public string? Text => Chat?.Text;

    /// <summary>The speech of a speech item; null for others, and without a result.</summary>
    public AudioSpeechResponse? Speech => Response as AudioSpeechResponse;

    /// <summary>The images of an item; null for others, and without a result.</summary>
    public IReadOnlyList<ImageDatum>? Images => Response switch
    {
        MultimodalImageGenerationResponse images => images.Data,
        LegacyImageGenerationResponse images => images.Data,
        _ => null,
    };

    /// <summary>The files in <see cref="BulkOptions.MediaFolder"/>; empty when none were saved.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The id of the image job; null when there is none.</summary>
    public string? JobId { get; init; }

    /// <summary>
    /// What all its calls cost, those that failed and those of earlier runs of the ledger included, as far as it is known; null when
    /// it is not.
    /// </summary>
    public decimal? Cost { get; init; }

    /// <summary>
    /// The unit of <see cref="Cost"/>: <c>USD</c>, or <c>credits</c> where the gateway reports credits and
    /// <see cref="CCApiClientOptions.CreditValue"/> is not set.
    /// </summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Why there is no result; null when it is done.</summary>
    public Exception? Error { get; init; }

    /// <summary>
    /// Why the result could not be recorded in the ledger or saved to a file, although the item is done; null when it was. Keep
    /// the response: a resumed run may report the item as in doubt.
    /// </summary>
    public Exception? BookkeepingError { get; init; }

    /// <summary>How often the item was sent in this run; 0 when it was not.</summary>
    public int Sendings { get; init; }

    /// <summary>The time from the first sending to the end; zero for what an earlier run recorded.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether the result is one that an earlier run recorded.</summary>
    public bool IsFromLedger { get; init; }

    internal object? Response { get; init; }

    internal object? Value { get; init; }

    internal string? ResponseJson { get; init; }

    /// <summary>The value of structured output.</summary>
    /// <typeparam name="T">The type that the item was created with.</typeparam>
    /// <exception cref="InvalidOperationException">The item is not done, or its value has another type.</exception>
    public T GetValue<T>() => Value is T value
        ? value
        : throw new InvalidOperationException(
            $"Item {Id} has no value of type {typeof(T).Name}: check Status, and the type that it was created with.");

    /// <summary>Returns the outcome as one line of JSON: id, status, response, files, cost and error.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        var writerOptions = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, writerOptions))
        {
            Write(writer);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Returns the id and the status in one line.</summary>
    public override string ToString()
    {
        var id = Id.Length > 0 ? Id : string.Create(CultureInfo.InvariantCulture, $"line {Line}");
        return Error is null ? $"{id}: {Status}" : $"{id}: {Status}: {Error.Message}";
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("custom_id", Id);
        writer.WriteString("status", Status switch
        {
            BulkStatus.Done => "done",
            BulkStatus.Failed => "failed",
            BulkStatus.InDoubt => "in_doubt",
            _ => "not_sent",
        });
        if (Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        if (ResponseJson is not null)
        {
            writer.WritePropertyName("response");
            writer.WriteRawValue(ResponseJson);
        }

        if (JobId is not null)
        {
            writer.WriteString("job_id", JobId);
        }

        if (Cost is { } cost)
        {
            writer.WriteNumber("cost", cost);
            writer.WriteString("currency", Currency);
        }

        if (Files.Count > 0)
        {
            writer.WriteStartArray("files");
            foreach (var file in Files)
            {
                writer.WriteStringValue(file);
            }

            writer.WriteEndArray();
        }

        if ((Error ?? BookkeepingError) is { } error)
        {
            writer.WriteStartObject("error");
            writer.WriteString("type", error.GetType().Name);
            writer.WriteString("message", error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
