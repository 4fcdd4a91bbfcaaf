using System;
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

    /// <summary>The text without the key, however JSON spells it.</summary>
    /// <param name="text">What the gateway said.</param>
    /// <param name="key">The key.</param>
    /// <param name="isCut">Whether the text was cut off, perhaps in the middle of the key.</param>
    public static string? Apply(string? text, string? key, bool isCut = false)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(key))
        {
            return text;
        }

        var clean = text!.Replace(key!, Mask).Replace(key!.Replace("/", "\\/"), Mask);
        foreach (var encoder in new[] { JavaScriptEncoder.Default, JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
        {
            var escaped = encoder.Encode(key);
            clean = Replace(clean, escaped);
            clean = Replace(clean, escaped.Replace("/", "\\/"));
        }

        return isCut ? WithoutStart(clean, key) : clean;
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

    // The digits of an escape may be of either case, which the key's own letters may not.
    private static string Replace(string text, string escaped) =>
        text.Replace(escaped, Mask).Replace(LowerEscapes(escaped), Mask);

    private static string LowerEscapes(string escaped)
    {
        var lower = new StringBuilder(escaped);
        for (var i = escaped.IndexOf("\\u", StringComparison.Ordinal); i >= 0; i = escaped.IndexOf("\\u", i + 2, StringComparison.Ordinal))
        {
            for (var digit = i + 2; digit < Math.Min(i + 6, escaped.Length); digit++)
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
