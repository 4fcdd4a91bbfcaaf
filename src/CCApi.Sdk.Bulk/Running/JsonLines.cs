using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Reads items from lines of JSON in the format of OpenAI's batch files: <c>custom_id</c> (or <c>id</c>), <c>url</c> (a chat completion
/// without one) and <c>body</c>.
/// </summary>
internal static class JsonLines
{
    private const byte NewLine = (byte)'\n';

    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The number of lines that are not empty.</summary>
    public static async Task<int> CountAsync(string path, int maxLineBytes, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var line in ReadLinesAsync(path, maxLineBytes, cancellationToken).ConfigureAwait(false))
        {
            count += line.IsEmpty ? 0 : 1;
        }

        return count;
    }

    /// <summary>The items of a file; a line that cannot be read is one with an error.</summary>
    public static async IAsyncEnumerable<InputItem> ReadAsync(
        string path, int maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var number = 0;
        await foreach (var line in ReadLinesAsync(path, maxLineBytes, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (line.IsTooLong)
            {
                var message = FormattableString.Invariant(
                    $"Line {number} is longer than {maxLineBytes} bytes: shorten it, or raise BulkOptions.MaxLineBytes.");
                yield return new InputItem(Item: null, number, Error: new BulkItemException(message));
            }
            else if (!line.IsEmpty)
            {
                yield return Parse(line.Bytes, number);
            }
        }
    }

    private static InputItem Parse(byte[] bytes, int number)
    {
        var id = string.Empty;
        try
        {
            // The reader of JSON replaces nothing: bytes that are not UTF-8 are found here, wherever they stand.
            _ = _strictUtf8.GetCharCount(bytes);
            using var document = JsonDocument.Parse(bytes);
            var line = document.RootElement;
            id = TextOf(line, "custom_id") ?? TextOf(line, "id") ?? throw new FormatException("it has no custom_id");
            if (!line.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("it has no body that is an object");
            }

            return new InputItem(ItemOf(id, TextOf(line, "url"), body), number, id);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            var reason = exception.Message.TrimEnd('.');
            var message = FormattableString.Invariant(
                $"Line {number} cannot be read: {reason}. Write custom_id, url and body, as in a batch file of OpenAI.");
            return new InputItem(Item: null, number, id, new BulkItemException(message, exception));
        }
    }

    private static BulkItem ItemOf(string id, string? url, JsonElement body)
    {
        var path = (url ?? "chat/completions").TrimEnd('/');
        var operation = path[(path.LastIndexOf('/', Math.Max(0, path.LastIndexOf('/') - 1)) + 1)..];
        return operation switch
        {
            "chat/completions" => BulkItem.Chat(id, Read(body, BulkJson.Default.ChatCompletionRequest)),
            "audio/speech" => BulkItem.Speech(id, Read(body, BulkJson.Default.AudioSpeechRequest)),
            "images/generate" => BulkItem.Image(id, Read(body, BulkJson.Default.MultimodalImageGenerationRequest)),
            "images/generations" => BulkItem.Image(id, Read(body, BulkJson.Default.LegacyImageGenerationRequest)),
            _ => throw new FormatException(
                $"its url {url} is not /v1/chat/completions, /v1/audio/speech, /v1/images/generate or /v1/images/generations"),
        };
    }

    private static T Read<T>(JsonElement body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        body.Deserialize(type) ?? throw new FormatException("its body is null");

    private static string? TextOf(JsonElement line, string name)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is not an object");
        }

        return line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    /// <summary>The lines, bounded: of one that is too long, nothing is kept.</summary>
    private static async IAsyncEnumerable<Line> ReadLinesAsync(
        string path, int maxLineBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[64 * 1024];
            using var line = new MemoryStream();
            var length = 0L;
            int read;
            while ((read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                for (var start = 0; start < read;)
                {
                    var end = Array.IndexOf(buffer, NewLine, start, read - start);
                    var count = (end < 0 ? read : end) - start;
                    length += count;
                    if (length <= maxLineBytes)
                    {
#pragma warning disable CA1849 // Into memory.
                        line.Write(buffer, start, count);
#pragma warning restore CA1849
                    }

                    start += count + 1;
                    if (end >= 0)
                    {
                        yield return Take(line, length, maxLineBytes);
                        length = 0;
                    }
                }
            }

            if (length > 0)
            {
                yield return Take(line, length, maxLineBytes);
            }
        }
    }

    private static Line Take(MemoryStream line, long length, int maxLineBytes)
    {
        var isTooLong = length > maxLineBytes;
        var bytes = isTooLong ? [] : line.ToArray().AsSpan();
        line.SetLength(0);
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        return new Line(bytes.Trim(" \t\r"u8).ToArray(), isTooLong);
    }

    private readonly record struct Line(byte[] Bytes, bool IsTooLong)
    {
        public bool IsEmpty => Bytes.Length == 0 && !IsTooLong;
    }
}
