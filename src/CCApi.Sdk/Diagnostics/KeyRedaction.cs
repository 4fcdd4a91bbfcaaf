using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>Takes the API key out of what a gateway said: gateways quote the key that they refuse.</summary>
internal static class KeyRedaction
{
    private const string Mask = "***";

    /// <summary>The text without the key, however JSON, a URL or HTML spells it.</summary>
    /// <param name="text">What the gateway said.</param>
    /// <param name="key">The key.</param>
    /// <param name="isCut">Whether the text was cut off, perhaps in the middle of the key.</param>
    public static string? Apply(string? text, string? key, bool isCut = false)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(key))
        {
            return text;
        }

        var clean = text!;
        var spellings = Spellings(key!).Distinct().ToArray();
        foreach (var spelling in spellings)
        {
            clean = clean.Replace(spelling, Mask);
        }

        foreach (var spelling in isCut ? spellings : [])
        {
            clean = WithoutStart(clean, spelling);
        }

        return clean;
    }

    /// <summary>The cause of an exception, unless it shows the key: the platform quotes headers that it cannot read.</summary>
    public static Exception? Cause(Exception? cause, string? key)
    {
        var text = cause?.ToString();
        return text == Apply(text, key) ? cause : null;
    }

    /// <summary>Takes the key out of headers: a redirect may carry it in its target.</summary>
    public static void Apply(HttpResponseHeaders headers, string? key)
    {
        foreach (var header in headers.ToArray())
        {
            var clean = header.Value.Select(value => Apply(value, key)).ToArray();
            if (!clean.SequenceEqual(header.Value))
            {
                headers.Remove(header.Key);
                headers.TryAddWithoutValidation(header.Key, clean);
            }
        }
    }

    /// <summary>JSON without the key; null when it does not hold together without it.</summary>
    public static JsonElement? Apply(JsonElement? json, string? key)
    {
        if (json is not { } element || string.IsNullOrEmpty(key))
        {
            return json;
        }

        var text = JsonText.Utf8(JsonMarshal.GetRawUtf8Value(element));
        var clean = Apply(text, key)!;
        if (clean == text)
        {
            return json;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(clean));
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The key as a URL, HTML and JSON may write it, and JSON that holds HTML.</summary>
    private static IEnumerable<string> Spellings(string key)
    {
        yield return Uri.EscapeDataString(key);
        yield return LowerEscapes(Uri.EscapeDataString(key), "%", 2);
        foreach (var text in new[] { key, WebUtility.HtmlEncode(key) })
        {
            foreach (var escaped in new[] { text, JavaScriptEncoder.Default.Encode(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text) })
            {
                yield return escaped;
                yield return LowerEscapes(escaped, "\\u", 4);
                yield return escaped.Replace("/", "\\/");
                yield return LowerEscapes(escaped, "\\u", 4).Replace("/", "\\/");
            }
        }
    }

    // The digits of an escape may be of either case, which the key's own letters may not.
    private static string LowerEscapes(string escaped, string mark, int digits)
    {
        var lower = new StringBuilder(escaped);
        for (var i = escaped.IndexOf(mark, StringComparison.Ordinal); i >= 0; i = escaped.IndexOf(mark, i + mark.Length, StringComparison.Ordinal))
        {
            var start = i + mark.Length;
            for (var digit = start; digit < Math.Min(start + digits, escaped.Length); digit++)
            {
                lower[digit] = char.ToLowerInvariant(escaped[digit]);
            }
        }

        return lower.ToString();
    }

    private static string WithoutStart(string text, string key)
    {
        for (var length = Math.Min(key.Length, text.Length); length > 0; length--)
        {
            if (text.EndsWith(key.Substring(0, length), StringComparison.Ordinal))
            {
                return text.Substring(0, text.Length - length);
            }
        }

        return text;
    }
}
