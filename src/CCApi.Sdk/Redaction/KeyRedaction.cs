using System;
#if NET
using System.Buffers;
#endif
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk;

/// <summary>
/// Masks API keys in what a gateway sent: gateways quote the key that they reject, in messages, headers, ids and addresses, and
/// encode it as they like. Immutable and thread-safe. The time is linear in the length of the text.
/// </summary>
internal sealed class KeyRedaction
{
    /// <summary>Masks nothing.</summary>
    public static readonly KeyRedaction None = new();

    private const string Mask = "***";

    // Shorter keys are those of tests and local servers; masking them would make every message unreadable.
    private const int MinKeyLength = 8;

    // A provider that creates a key for each call must not make this grow.
    private const int MaxKeys = 16;

    private readonly string[] _keys;
    private readonly Dictionary<char, KeyPattern[]> _patterns;

    // What a key may begin with, escaped or not.
#if NET
    private readonly SearchValues<char> _starts;
#else
    private readonly char[] _starts;
#endif

    /// <param name="keys">The keys. Those of fewer than 8 characters are not masked.</param>
    public KeyRedaction(params string?[] keys)
    {
        _keys = [.. keys.OfType<string>().Where(key => key.Length >= MinKeyLength).Distinct()];
        _patterns = _keys.SelectMany(KeyPattern.Of)
            .SelectMany(pattern => pattern.Starts.Distinct().Select(start => (Start: start, Pattern: pattern)))
            .GroupBy(pair => pair.Start, pair => pair.Pattern)
            .ToDictionary(group => group.Key, group => group.ToArray());

        char[] starts = [.. _patterns.Keys.Concat(['%', '\\', '&']).Distinct()];
#if NET
        _starts = SearchValues.Create(starts);
#else
        _starts = starts;
#endif
    }

    /// <summary>Masks one more key; of many, the last 16.</summary>
    public KeyRedaction With(string? key)
    {
        var addsNothing = key is null
            || key.Length < MinKeyLength
            || Array.IndexOf(_keys, key) >= 0;
        if (addsNothing)
        {
            return this;
        }

        return new KeyRedaction([.. _keys.Skip(Math.Max(0, _keys.Length + 1 - MaxKeys)), key]);
    }

    /// <summary>The text without the keys, however they are encoded.</summary>
    /// <param name="text">What the gateway sent.</param>
    /// <param name="isCut">Whether the text was cut at its end, perhaps in the middle of a key.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Apply(string? text, bool isCut = false)
    {
        if (text is null || _patterns.Count == 0)
        {
            return text;
        }

        StringBuilder? clean = null;
        var copied = 0;

        for (var start = NextStart(text, 0); start >= 0; start = NextStart(text, start))
        {
            var (end, isBase64) = Find(text, start, isCut);
            if (end < 0)
            {
                start++;
                continue;
            }

            // The base64 characters beside the key hold some of its bits.
            var isMixed = isBase64
                && start > copied
                && KeyPattern.IsBase64Character(text[start - 1]);
            clean = (clean ?? new StringBuilder(text.Length)).Append(text, copied, start - copied - (isMixed ? 1 : 0));
            if (!isCut || end < text.Length)
            {
                clean.Append(Mask);
            }

            copied = isBase64 ? EndOfBase64(text, end) : end;
            start = copied;
        }

        if (clean is null)
        {
            return text;
        }

        return clean.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The cause of an exception, unless it shows a key: the platform quotes headers that it cannot read.</summary>
    public Exception? Cause(Exception? cause)
    {
        var text = cause?.ToString();
        if (ReferenceEquals(text, Apply(text)))
        {
            return cause;
        }

        return null;
    }

    /// <summary>Masks the keys in headers: a redirect may carry one in its target, and a proxy may echo what it received.</summary>
    public void Apply(HttpHeaders headers)
    {
#if NETSTANDARD2_0
        bool IsChanged(KeyValuePair<string, IEnumerable<string>> header) =>
            Apply(header.Key) != header.Key || header.Value.Any(value => Apply(value) != value);

        foreach (var header in headers.Where(IsChanged).ToArray())
        {
            Apply(headers, header.Key, header.Value);
        }
#else
        // Without validation, nothing is parsed and nothing is allocated for headers that are clean, which nearly all are.
        List<KeyValuePair<string, HeaderStringValues>>? found = null;
        foreach (var header in headers.NonValidated)
        {
            if (Shows(header.Key, header.Value))
            {
                (found ??= []).Add(header);
            }
        }

        if (found is null)
        {
            return;
        }

        foreach (var header in found)
        {
            Apply(headers, header.Key, header.Value);
        }
#endif
    }

#if !NETSTANDARD2_0
    private bool Shows(string name, HeaderStringValues values)
    {
        if (!ReferenceEquals(Apply(name), name))
        {
            return true;
        }

        foreach (var value in values)
        {
            if (!ReferenceEquals(Apply(value), value))
            {
                return true;
            }
        }

        return false;
    }
#endif

    private void Apply(HttpHeaders headers, string name, IEnumerable<string> values)
    {
        var clean = values.Select(value => Apply(value)).ToArray();
        headers.Remove(name);
        headers.TryAddWithoutValidation(Apply(name), clean);
    }

    /// <summary>JSON without the keys; null when it does not hold together without them.</summary>
    public JsonElement? Apply(JsonElement? json)
    {
        if (json is not { } element)
        {
            return json;
        }

        var text = JsonText.Utf8(JsonMarshal.GetRawUtf8Value(element));
        var clean = Apply(text);
        if (ReferenceEquals(clean, text))
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

    /// <summary>The end of the longest key that starts here, and whether it is base64 text; -1 for none.</summary>
    private (int End, bool IsBase64) Find(string text, int start, bool isCut)
    {
        var found = (End: -1, IsBase64: false);
        var maxLevel = EscapedText.IsEscape(text[start]) ? EscapedText.MaxLevel : 0;
        var last = default(char);

        // Only the patterns that begin with the character that stands here: to try each costs far more in a text of escapes.
        for (var level = 0; level <= maxLevel; level++)
        {
            var position = start;
            var first = EscapedText.Read(text, level, ref position);
            var isTried = level > 0 && first == last;
            last = first;
            if (isTried || !_patterns.TryGetValue(first, out var patterns))
            {
                continue;
            }

            foreach (var pattern in patterns)
            {
                var end = pattern.Match(text, start, isCut);
                if (end > found.End)
                {
                    found = (end, pattern.IsBase64);
                }
            }
        }

        return found;
    }

    private int NextStart(string text, int from)
    {
#if NET
        var next = text.AsSpan(from).IndexOfAny(_starts);

        return next < 0 ? -1 : from + next;
#else
        return from < text.Length ? text.IndexOfAny(_starts, from) : -1;
#endif
    }

    private static int EndOfBase64(string text, int end)
    {
        // One character that the key shares with what follows, and the padding.
        var position = end < text.Length && KeyPattern.IsBase64Character(text[end]) ? end + 1 : end;
        while (position < text.Length && text[position] == '=')
        {
            position++;
        }

        return position;
    }
}
