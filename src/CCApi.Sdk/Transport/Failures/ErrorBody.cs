using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>The error that a response reports, in any of its many forms. Every part may be missing.</summary>
internal sealed class ErrorBody
{
    private const int MaxDepth = 4;

    // Past these, a list of errors reports nothing new.
    private const int MaxListItems = 64;
    private const int MaxMessages = 8;

    // Every name under which a gateway of this family was seen to send the text.
    private static readonly string[] _messageNames =
    [
        "message", "msg", "error_msg", "error_message", "errormessage", "errmsg", "faultstring", "err",
        "description", "detail", "status_msg", "reason",
    ];
    private static readonly string[] _codeNames = ["code", "status_code", "error_code", "errorcode", "errcode"];
    private static readonly string[] _typeNames = ["type", "error_type", "errortype"];
    private static readonly string[] _paramNames = ["param"];
    private static readonly string[] _statusNames =
        ["status", "code", "status_code", "error_code", "http_code", "http_status", "statuscode"];
    private static readonly string[] _detailNames = ["details", "metadata"];
    private static readonly string[] _innerNames = ["error", "errors", "detail", "base_resp", "header", "response", "fault"];
    private static readonly string[] _wrapperNames = ["data", "result", "output", "choices"];
    private static readonly string[] _locationNames = ["loc"];

    private static readonly string[] _names =
        [
            .. _messageNames
                .Concat(_codeNames)
                .Concat(_typeNames)
                .Concat(_paramNames)
                .Concat(_statusNames)
                .Concat(_detailNames)
                .Concat(_innerNames)
                .Concat(_wrapperNames)
                .Concat(_locationNames)
                .Distinct(),
        ];

    private static readonly byte[][] _utf8Names = [.. _names.Select(Encoding.UTF8.GetBytes)];
    private static readonly int[] _messages = PlacesOf(_messageNames);
    private static readonly int[] _codes = PlacesOf(_codeNames);
    private static readonly int[] _types = PlacesOf(_typeNames);
    private static readonly int[] _params = PlacesOf(_paramNames);
    private static readonly int[] _statuses = PlacesOf(_statusNames);
    private static readonly int[] _details = PlacesOf(_detailNames);
    private static readonly int[] _inner = PlacesOf(_innerNames);
    private static readonly int[] _wrappers = PlacesOf(_wrapperNames);
    private static readonly int[] _locations = PlacesOf(_locationNames);

    public string? Message { get; private set; }

    public string? Type { get; private set; }

    public string? Code { get; private set; }

    public string? Param { get; private set; }

    /// <summary>A numeric status of an error (400 to 599) in the body, which counts when the status of the response is a success.</summary>
    public int? Status { get; private set; }

    /// <summary>A status in words, such as <c>UNAVAILABLE</c> (observed).</summary>
    public string? StatusWord { get; private set; }

    public JsonElement? Details { get; private set; }

    /// <summary>Reads a body; null when it is not JSON or reports no error.</summary>
    public static ErrorBody? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var json = JsonStart.Of(body);
            var reader = JsonRead.Of(json);
            if (!reader.Read())
            {
                return null;
            }

            // All of it must be JSON before any of it counts.
            reader.Skip();

            var error = new ErrorBody();
            var document = json.Slice(0, (int)reader.BytesConsumed);
            error.Read(document, depth: 0);
            if (StatusOf(TextOf(document)) is not null)
            {
                error.ReadNumber(document);
            }
            if (error is { Message: null, Type: null, Code: null })
            {
                return null;
            }

            return error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An error that is a plain text.</summary>
    public static ErrorBody Text(string? message) => new() { Message = message };

    private void Read(ReadOnlySpan<byte> json, int depth)
    {
        switch (json[0])
        {
            case (byte)'"':
                Message ??= TextOf(json);
                break;
            case (byte)'[' when depth < MaxDepth:
                ReadArray(json, depth);
                break;
            case (byte)'{' when depth < MaxDepth:
                ReadObject(json, depth);
                break;
        }
    }

    private void ReadObject(ReadOnlySpan<byte> json, int depth)
    {
        var members = new Members(json, stackalloc (int Start, int Length)[_names.Length]);

        // The innermost object knows best: what it leaves out is filled in from around it.
        foreach (var place in _inner)
        {
            if (members.TryGet(place, out var inner))
            {
                Read(inner, depth + 1);
            }
        }

        // What holds a result may hold an error instead.
        foreach (var place in _wrappers)
        {
            if (members.TryGet(place, out var wrapper) && ErrorSigns.Of(wrapper) is { HasError: true } or { HasWrapped: true })
            {
                Read(wrapper, depth + 1);
            }
        }

        if (members.TryGet(_inner[0], out var code))
        {
            ReadNumber(code);
        }

        Message ??= members.FirstText(_messages);
        Type ??= members.FirstText(_types);
        Code ??= members.FirstText(_codes);
        Param ??= members.FirstText(_params);

        foreach (var place in _statuses)
        {
            Status ??= StatusOf(members.TextAt(place));
        }

        StatusWord ??= members.TextAt(_statuses[0]);

        foreach (var place in _details)
        {
            var isPresent = members.TryGet(place, out var details) && details[0] != (byte)'n';
            if (isPresent)
            {
                Details ??= ElementOf(details);
            }
        }
    }

    /// <summary>An error that is only a number is a code, and perhaps a status.</summary>
    private void ReadNumber(ReadOnlySpan<byte> error)
    {
        if (ErrorSigns.IsNumber(error) && ErrorSigns.SaysSomething(error))
        {
            Code ??= TextOf(error);
            Status ??= StatusOf(TextOf(error));
        }
    }

    /// <summary>The list of a validator, <c>[{"loc":["body","model"],"msg":"field required"}]</c>, or a list of errors.</summary>
    private void ReadArray(ReadOnlySpan<byte> json, int depth)
    {
        var messages = new List<string>();
        var reader = JsonRead.Of(json);
        reader.Read();

        for (var count = 0; count < MaxListItems && ReadItem(ref reader); count++)
        {
            var item = RestOfValue(ref reader, json);
            var inner = new ErrorBody();
            inner.Read(item, depth + 1);
            Type ??= inner.Type;
            Code ??= inner.Code;
            Param ??= inner.Param;
            Status ??= inner.Status;
            StatusWord ??= inner.StatusWord;
            Details ??= inner.Details;
            if (inner.Message is { } message && messages.Count < MaxMessages)
            {
                messages.Add(LocationOf(item) is { } location ? $"{location}: {message}" : message);
            }
        }

        if (messages.Count > 0)
        {
            Message ??= string.Join("; ", messages);
            Details ??= depth == 0 ? null : ElementOf(json);
        }
    }

    private static string? LocationOf(ReadOnlySpan<byte> item)
    {
        if (item[0] != (byte)'{')
        {
            return null;
        }

        var members = new Members(item, stackalloc (int Start, int Length)[_names.Length]);
        if (members.TryGet(_locations[0], out var location) && location[0] == (byte)'[')
        {
            return string.Join(".", TextsIn(location));
        }

        return null;
    }

    private static List<string?> TextsIn(ReadOnlySpan<byte> list)
    {
        var texts = new List<string?>();
        var reader = JsonRead.Of(list);
        reader.Read();

        while (texts.Count < MaxListItems && ReadItem(ref reader))
        {
            texts.Add(TextOf(RestOfValue(ref reader, list)));
        }

        return texts;
    }

    /// <summary>Moves to the next item of a list; false at its end.</summary>
    private static bool ReadItem(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Moves to the end of the value that the reader stands on, and gives all of it.</summary>
    private static ReadOnlySpan<byte> RestOfValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();

        return json.Slice(start, (int)reader.BytesConsumed - start);
    }

    private static string? TextOf(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        reader.Read();
        var text = JsonRead.Text(ref reader);

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static JsonElement ElementOf(ReadOnlySpan<byte> json)
    {
        var reader = JsonRead.Of(json);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The status of an error; other numbers are codes of the gateway's own.</summary>
    /// <remarks>Some languages have no integers, and write 429.0.</remarks>
    internal static int? StatusOf(string? text)
    {
        var isNumber = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        var isStatus = isNumber && number is >= 400 and < 600 && decimal.Truncate(number) == number;

        return isStatus ? (int)number : null;
    }

    private static int[] PlacesOf(string[] names) => [.. names.Select(name => Array.IndexOf(_names, name))];

    /// <summary>
    /// Where the known members of one object are, found in one pass, so that the cost does not grow with the number of names.
    /// </summary>
    private readonly ref struct Members
    {
        private readonly ReadOnlySpan<byte> _json;
        private readonly Span<(int Start, int Length)> _found;

        public Members(ReadOnlySpan<byte> json, Span<(int Start, int Length)> found)
        {
            _json = json;
            _found = found;
            found.Clear();

            var reader = JsonRead.Of(json);
            reader.Read();

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var place = PlaceOf(JsonRead.MemberName(ref reader));
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (place >= 0)
                {
                    found[place] = (start, (int)reader.BytesConsumed - start);
                }
            }
        }

        public bool TryGet(int place, out ReadOnlySpan<byte> value)
        {
            var (start, length) = _found[place];
            value = _json.Slice(start, length);

            return length > 0;
        }

        public string? TextAt(int place)
        {
            if (TryGet(place, out var value))
            {
                return TextOf(value);
            }

            return null;
        }

        public string? FirstText(int[] places)
        {
            foreach (var place in places)
            {
                if (TextAt(place) is { } text)
                {
                    return text;
                }
            }

            return null;
        }

        /// <remarks>In any case (observed: <c>Message</c>).</remarks>
        private static int PlaceOf(ReadOnlySpan<byte> name)
        {
            for (var place = 0; place < _utf8Names.Length; place++)
            {
                if (AsciiText.EqualsIgnoreCase(name, _utf8Names[place]))
                {
                    return place;
                }
            }

            return -1;
        }
    }
}
