using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>
/// Writes and reads exchanges as lines of JSON: a head with the version, then a line for each exchange. Text bodies stand in the
/// line as text, byte for byte; others, and long ones, are files in a folder beside the cassette.
/// </summary>
internal static class CassetteFormat
{
    public const int Version = 1;

    /// <summary>Longer bodies become files.</summary>
    public const int MaxInlineBytes = 64 * 1024;

    /// <summary>Headers that are true of the recorded connection alone: its length, encoding and end.</summary>
    public static readonly IReadOnlySet<string> OfConnection = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Trailer", "Content-Length", "Content-Encoding",
    };

    private const string Kind = "ccapi-emulator-cassette";

    private static readonly UTF8Encoding _strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions _relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Head(DateTimeOffset recorded, string upstream) => new JsonObject
    {
        ["kind"] = Kind,
        ["version"] = Version,
        ["recorded"] = recorded.ToString("O", CultureInfo.InvariantCulture),
        ["upstream"] = upstream,
    }.ToJsonString(_relaxed);

    /// <summary>The folder of the bodies that are files.</summary>
    public static string FilesOf(string cassette) => $"{cassette}.files";

    /// <summary>An exchange as a line; bodies that become files are written.</summary>
    public static string Write(CassetteExchange exchange, int number, string cassette)
    {
        var request = new JsonObject { ["method"] = exchange.Method, ["path"] = exchange.Path };
        AddBody(request, exchange.RequestBody, cassette, FormattableString.Invariant($"{number:D4}-request"));

        var headers = new JsonObject();
        foreach (var (name, value) in exchange.Headers)
        {
            headers[name] = value;
        }

        var response = new JsonObject { ["status"] = exchange.Status, ["headers"] = headers };
        var pieces = exchange.Pieces.Select(
            (piece, index) => Write(piece, cassette, FormattableString.Invariant($"{number:D4}-{index:D4}")));
        response["pieces"] = new JsonArray([.. pieces]);
        if (exchange.IsBroken)
        {
            response["broken"] = true;
        }

        return new JsonObject { ["request"] = request, ["response"] = response }.ToJsonString(_relaxed);
    }

    private static JsonObject Write(CassettePiece piece, string cassette, string name)
    {
        var json = new JsonObject { ["ms"] = Math.Round(piece.Delay.TotalMilliseconds, 1) };
        AddBody(json, piece.Bytes, cassette, name);

        return json;
    }

    /// <summary>Reads a cassette.</summary>
    /// <exception cref="EmulatorCassetteException">It is not a cassette, truncated, or of another version.</exception>
    public static IReadOnlyList<CassetteExchange> Read(string cassette)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(cassette);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmulatorCassetteException($"{cassette} cannot be read: {exception.Message}", exception);
        }

        CheckHead(cassette, lines);

        return [.. lines.Skip(1).Select((line, index) => ReadLine(line, cassette, index + 2)).OfType<CassetteExchange>()];
    }

    private static void CheckHead(string cassette, string[] lines)
    {
        JsonNode? head = null;
        try
        {
            head = lines.Length == 0 ? null : JsonNode.Parse(lines[0]);
        }
        catch (JsonException)
        {
            // Said below.
        }

        if (head is not JsonObject || TextOf(head, "kind") != Kind)
        {
            throw new EmulatorCassetteException(
                $"{cassette}(1): this is not a cassette of ccapi-emulator. "
                + $"Record one with: ccapi-emulator record --upstream URL --to {cassette}");
        }

        var version = TextOf(head, "version");
        if (version != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new EmulatorCassetteException(
                $"{cassette}(1): the cassette has version {version ?? "none"}, and this program reads version {Version}. Record it again.");
        }
    }

    /// <summary>A member of the head; null when there is none that can be read.</summary>
    private static string? TextOf(JsonNode head, string name)
    {
        try
        {
            return head[name]?.ToString();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // A name that is there twice, or half of a surrogate pair.
            return null;
        }
    }

    private static CassetteExchange? ReadLine(string line, string cassette, int number)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return null;
        }

        try
        {
            var exchange = JsonNode.Parse(line)!;
            var request = exchange["request"]!;
            var response = exchange["response"]!;
            var headers = response["headers"]!.AsObject().Select(ReadHeader).Where(header => !OfConnection.Contains(header.Key));
            var pieces = response["pieces"]!.AsArray().Select(
                piece => new CassettePiece(ReadDelay(piece!["ms"]!), BodyOf(piece, cassette)));

            return new CassetteExchange(
                request["method"]!.GetValue<string>(),
                request["path"]!.GetValue<string>(),
                BodyOf(request, cassette),
                ReadStatus(response["status"]!),
                [.. headers],
                [.. pieces],
                response["broken"]?.GetValue<bool>() ?? false);
        }
        catch (Exception exception)
            when (exception is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new EmulatorCassetteException(
                $"{cassette}({number}): the exchange is truncated or damaged{Reason(exception)}. Delete the line, or record it again.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmulatorCassetteException(
                $"{cassette}({number}): a body beside the cassette cannot be read: {exception.Message}",
                exception);
        }
    }

    /// <summary>What is wrong with a value; nothing for a line that is not an exchange at all.</summary>
    private static string Reason(Exception exception)
    {
        if (exception is FormatException && exception.Message.Length > 0)
        {
            return $" ({exception.Message})";
        }

        return string.Empty;
    }

    private static int ReadStatus(JsonNode node)
    {
        const string problem = "status must be from 200 to 999";
        if (node.GetValueKind() != JsonValueKind.Number || !node.AsValue().TryGetValue<int>(out var status))
        {
            throw new FormatException(problem);
        }

        return status is >= 200 and <= 999 ? status : throw new FormatException(problem);
    }

    private static TimeSpan ReadDelay(JsonNode node)
    {
        var milliseconds = node.GetValue<double>();
        if (milliseconds >= 0 && milliseconds <= EmulatorBounds.MaxDelay.TotalMilliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        throw new FormatException(FormattableString.Invariant($"ms must be from 0 to {EmulatorBounds.MaxDelay.TotalMilliseconds}"));
    }

    private static KeyValuePair<string, string> ReadHeader(KeyValuePair<string, JsonNode?> header)
    {
        var value = header.Value!.GetValue<string>();
        if (HeaderText.IsName(header.Key) && HeaderText.IsValue(value))
        {
            return KeyValuePair.Create(header.Key, value);
        }

        throw new FormatException("a header has a character that a header cannot have");
    }

    private static void AddBody(JsonObject owner, byte[] body, string cassette, string name)
    {
        if (body.Length == 0)
        {
            return;
        }

        if (body.Length <= MaxInlineBytes && TextOf(body) is { } text)
        {
            owner["text"] = text;
            return;
        }

        var folder = FilesOf(cassette);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, $"{name}.bin"), body);
        owner["file"] = $"{name}.bin";
    }

    private static byte[] BodyOf(JsonNode owner, string cassette)
    {
        if (owner["text"] is { } text)
        {
            return Encoding.UTF8.GetBytes(text.GetValue<string>());
        }

        // Only a name: a cassette must not read files elsewhere.
        if (owner["file"] is not { } file)
        {
            return [];
        }

        var name = Path.GetFileName(file.GetValue<string>());

        return File.ReadAllBytes(Path.Combine(FilesOf(cassette), name));
    }

    private static string? TextOf(byte[] body)
    {
        try
        {
            return _strictUtf8.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
