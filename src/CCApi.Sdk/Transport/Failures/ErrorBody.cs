using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>What an answer says went wrong, whichever of the many shapes it says it in. Every part may be missing.</summary>
internal sealed class ErrorBody
{
    // Every name under which a gateway of this family was seen to send the text.
    private static readonly string[] _messageNames = ["message", "msg", "error_msg", "err", "description", "detail", "status_msg", "reason"];
    private static readonly string[] _codeNames = ["code", "status_code", "error_code"];
    private static readonly string[] _typeNames = ["type", "error_type"];
    private static readonly string[] _detailNames = ["details", "metadata"];
    private static readonly string[] _innerNames = ["error", "errors", "detail", "base_resp", "header", "response"];

    public string? Message { get; private set; }

    public string? Type { get; private set; }

    public string? Code { get; private set; }

    public string? Param { get; private set; }

    /// <summary>A numeric status of an error (400 to 599) in the body, which counts when the answer's own status is a success.</summary>
    public int? Status { get; private set; }

    public JsonElement? Details { get; private set; }

    /// <summary>Reads a body; null when it is not JSON or says nothing of an error.</summary>
    public static ErrorBody? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(JsonStart.SkipByteOrderMark(body));
            return reader.Read() ? From(JsonElement.ParseValue(ref reader)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads what is already parsed; null when it says nothing of an error.</summary>
    public static ErrorBody? From(JsonElement root)
    {
        var error = new ErrorBody();
        error.Read(root, depth: 0);
        return error is { Message: null, Type: null, Code: null } ? null : error;
    }

    /// <summary>An error that is a plain text.</summary>
    public static ErrorBody Text(string? message) => new() { Message = message };

    private void Read(JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Message ??= TextOf(element);
                break;
            case JsonValueKind.Array when depth < 4:
                ReadArray(element, depth);
                break;
            case JsonValueKind.Object when depth < 4:
                ReadObject(element, depth);
                break;
        }
    }

    private void ReadObject(JsonElement element, int depth)
    {
        // The innermost object knows best: what it leaves out is filled in from around it.
        foreach (var name in _innerNames)
        {
            if (Member(element, name) is { } inner)
            {
                Read(inner, depth + 1);
            }
        }

        Message ??= First(element, _messageNames);
        Type ??= First(element, _typeNames);
        Code ??= First(element, _codeNames);
        Param ??= First(element, ["param"]);
        Status ??= StatusIn(element, "status") ?? StatusIn(element, "code") ?? StatusIn(element, "status_code");
        foreach (var name in _detailNames)
        {
            if (Details is null && Member(element, name) is { ValueKind: not JsonValueKind.Null } details)
            {
                Details = details;
            }
        }
    }

    /// <summary>The list of a validator, <c>[{"loc":["body","model"],"msg":"field required"}]</c>, or a list of errors.</summary>
    private void ReadArray(JsonElement list, int depth)
    {
        var messages = new List<string>();
        foreach (var item in list.EnumerateArray())
        {
            var inner = new ErrorBody();
            inner.Read(item, depth + 1);
            Type ??= inner.Type;
            Code ??= inner.Code;
            Param ??= inner.Param;
            Status ??= inner.Status;
            Details ??= inner.Details;
            if (inner.Message is { } message)
            {
                messages.Add(Location(item) is { } location ? $"{location}: {message}" : message);
            }
        }

        if (messages.Count > 0)
        {
            Message ??= string.Join("; ", messages.Take(8));
            Details ??= depth == 0 ? null : list;
        }
    }

    private static string? Location(JsonElement item)
    {
        return Member(item, "loc") is { ValueKind: JsonValueKind.Array } location ? string.Join(".", location.EnumerateArray().Select(TextOf)) : null;
    }

    private static string? First(JsonElement element, string[] names)
    {
        foreach (var name in names)
        {
            if (Member(element, name) is { } value && TextOf(value) is { } text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? TextOf(JsonElement element)
    {
        var text = JsonRead.FromElement(element, JsonRead.Text);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>A member that is the status of an error; other numbers are codes of the gateway's own.</summary>
    private static int? StatusIn(JsonElement element, string name) =>
        Member(element, name) is { } value
        && int.TryParse(TextOf(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        && number is >= 400 and < 600
            ? number
            : null;

    private static JsonElement? Member(JsonElement element, string name) => JsonMember.Find(element, Encoding.UTF8.GetBytes(name));
}
