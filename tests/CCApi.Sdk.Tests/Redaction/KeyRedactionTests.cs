using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Redaction;

public class KeyRedactionTests
{
    private const string Key = "sk-0123/4567+89ab";

    /// <summary>A key whose characters differ in every encoding, and one that looks like an escape itself.</summary>
    private static readonly string[] _keys = ["sk-canary/7Qz+Vb\"9&<Lm=%~c4nAry", "sk%41-\\u0041&lt;/ab'cd", Key, "SK-PLAIN-0123456789"];

    private static readonly Dictionary<string, Func<string, string>> _encodings = new(StringComparer.Ordinal)
    {
        ["as it is"] = key => key,
        ["upper case"] = key => key.ToUpperInvariant(),
        ["percent"] = Uri.EscapeDataString,
        ["percent, lower case"] = key => Lower(Uri.EscapeDataString(key), '%', 2),
        ["percent, every character"] = key => string.Concat(key.Select(character => $"%{(int)character:x2}")),
        ["percent, twice"] = key => Uri.EscapeDataString(Uri.EscapeDataString(key)),
        ["JSON"] = JavaScriptEncoder.Default.Encode,
        ["JSON, lower case"] = key => Lower(JavaScriptEncoder.Default.Encode(key), 'u', 4),
        ["JSON, relaxed"] = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode,
        ["JSON, with slashes"] = key => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key).Replace("/", "\\/"),
        ["JSON, every character"] = key => string.Concat(key.Select(character => $"\\u{(int)character:X4}")),
        ["source code, every character"] = key => string.Concat(key.Select(character => $"\\x{(int)character:x2}")),
        ["JSON in JSON"] = key => JavaScriptEncoder.Default.Encode(JavaScriptEncoder.Default.Encode(key)),
        ["JSON in JSON in JSON"] = key => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key))),
        ["HTML"] = WebUtility.HtmlEncode,
        ["HTML, numbers"] = key => string.Concat(key.Select(character => $"&#{(int)character};")),
        ["HTML, hexadecimal"] = key => string.Concat(key.Select(character => $"&#x{(int)character:X};")),
        ["HTML in JSON"] = key => JavaScriptEncoder.Default.Encode(WebUtility.HtmlEncode(key)),
        ["percent in HTML in JSON"] = key => JavaScriptEncoder.Default.Encode(WebUtility.HtmlEncode(Uri.EscapeDataString(key))),
        ["base64"] = key => Base64(key),
        ["base64 after one byte"] = key => Base64("a" + key + "b"),
        ["base64 after two bytes"] = key => Base64("ab" + key + "cd"),
        ["base64 of a header"] = key => Base64("Bearer " + key),
        ["base64, URL-safe"] = key => Base64("?" + key).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        ["base64 in JSON"] = key => JavaScriptEncoder.Default.Encode(Base64("?" + key)).Replace("/", "\\/"),
        ["base64 in a URL"] = key => Uri.EscapeDataString(Base64("??" + key)),
    };

    public static TheoryData<string, string> Encodings => new(_keys.SelectMany(key => _encodings.Keys.Select(encoding => (key, encoding))));

    /// <summary>Half an escape of a key that looks like escapes itself can be read in several ways.</summary>
    public static TheoryData<string, string> EncodingsOfUsualKeys => new(_keys.Where((_, i) => i != 1).SelectMany(key => _encodings.Keys.Select(encoding => (key, encoding))));

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Apply_OfAnEncodedKey_LeavesNothingOfIt(string key, string encoding)
    {
        var encoded = _encodings[encoding](key);

        var clean = new KeyRedaction(key).Apply($"Rejected: {encoded}. Twice: '{encoded}'")!;

        Assert.Matches(encoding.StartsWith("base64", StringComparison.Ordinal) ? @"^Rejected: [\w%/+=-]{0,9}\*\*\*[\w%=]{0,7}\. Twice: '[\w%/+=-]{0,9}\*\*\*[\w%=]{0,7}'$" : @"^Rejected: \*\*\*\. Twice: '\*\*\*'$", clean);
    }

    [Theory]
    [MemberData(nameof(EncodingsOfUsualKeys))]
    public void Apply_OfTextCutAnywhereInAKey_LeavesNoneOfItsCharacters(string key, string encoding)
    {
        var text = "Rejected: " + _encodings[encoding](key);
        var whole = new KeyRedaction(key);

        var shown = Enumerable.Range(0, text.Length).Select(length => whole.Apply(text.Substring(0, length), isCut: true)!).OrderBy(clean => clean.Length).Last();

        // Of base64, what stands before the key; else half an escape.
        var perCharacter = (_encodings[encoding](key).Length + key.Length - 1) / key.Length;
        Assert.InRange(shown.Length, 0, "Rejected: ***".Length + 12 + (2 * perCharacter));
    }

    [Theory]
    [InlineData("Incorrect API key: sk-0123/4567+89 (cut by the gateway)", "Incorrect API key: sk-0123/4567+89 (cut by the gateway)")]
    [InlineData("Incorrect API key: sk-0123/4567+89a", "Incorrect API key: ***")]
    [InlineData("Incorrect API key: sk-0***9ab", "Incorrect API key: sk-0***9ab")]
    public void Apply_OfAStartThatIdentifiesTheKey_MasksIt(string text, string expected)
    {
        Assert.Equal(expected, new KeyRedaction(Key).Apply(text));
    }

    [Theory]
    [InlineData(null, Key)]
    [InlineData("", Key)]
    [InlineData("text with sk-0123 and % and \\ and &amp; and \\u00", Key)]
    [InlineData("%", Key)]
    [InlineData("&#", Key)]
    [InlineData("&#99999999;&#x;&;&bogus;%s\\u12", Key)]
    [InlineData("text", null)]
    [InlineData("text", "")]
    [InlineData("a key of four: abcd", "abcd")]
    [InlineData("a key of seven: abcdefg", "abcdefg")]
    public void Apply_OfTextWithoutTheKey_IsTheSameText(string? text, string? key)
    {
        Assert.Same(text, new KeyRedaction(key).Apply(text));
        Assert.Same(text, KeyRedaction.None.Apply(text));
    }

    [Fact]
    public void With_OfAnotherKey_MasksBoth()
    {
        var redaction = new KeyRedaction("sk-first-key").With("sk-second-key");

        Assert.Equal("*** and ***", redaction.Apply("sk-first-key and sk-second-key"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("sk-first-key")]
    public void With_OfAKeyThatChangesNothing_IsTheSame(string? key)
    {
        var redaction = new KeyRedaction("sk-first-key");

        Assert.Same(redaction, redaction.With(key));
    }

    [Fact]
    public void With_OfMoreThan16Keys_MasksTheLast16()
    {
        var redaction = Enumerable.Range(10, 17).Aggregate(KeyRedaction.None, (masked, i) => masked.With($"key-{i}-of-many"));

        Assert.Equal("key-10-of-many *** ***", redaction.Apply("key-10-of-many key-11-of-many key-26-of-many"));
    }

    [Fact]
    public void Apply_OfAKeyOfEightCharacters_MasksIt()
    {
        Assert.Equal("***", new KeyRedaction("abcdefgh").Apply("abcdefgh"));
    }

    [Fact]
    public void Apply_WithSeveralKeys_MasksThemAll()
    {
        var redaction = new KeyRedaction("sk-old-0123456789", null, "sk-new-9876543210", "sk-old-0123456789");

        Assert.Equal("*** then ***", redaction.Apply("sk-new-9876543210 then sk-old-0123456789"));
    }

    [Theory]
    [InlineData("text s", "text ")]
    [InlineData("text sk-0", "text ")]
    [InlineData("text sk-0123/4567+89ab", "text ")]
    [InlineData("text sk-0123/4567+89ab.", "text ***.")]
    [InlineData("text sk-0123%2F4567%2", "text ")]
    [InlineData("text sk-0123\\u002f4567\\u00", "text ")]
    [InlineData("text", "text")]
    public void Apply_OfTextCutInTheKey_RemovesItsStart(string text, string expected)
    {
        Assert.Equal(expected, new KeyRedaction(Key).Apply(text, isCut: true));
    }

    [Fact]
    public void Apply_OfHeaders_MasksTheKeyAndKeepsTheRest()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Add("Location", "https://a.test/?key=sk-0123%2F4567%2B89ab");
        response.Headers.Add("X-Echo", [$"Bearer {Key}", "1"]);
        response.Headers.Add("X-Request-ID", "req-1");
        response.Headers.TryAddWithoutValidation("X-sk-plain-0123456789", "1");

        new KeyRedaction(Key, "sk-plain-0123456789").Apply(response.Headers);

        Assert.Equal(
            ["Location: https://a.test/?key=***", "X-***: 1", "X-Echo: Bearer ***, 1", "X-Request-ID: req-1"],
            response.Headers.Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").OrderBy(text => text, StringComparer.Ordinal));
    }

#if NET
    [Fact]
    public void Apply_OfCleanHeaders_AllocatesNothing()
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("X-Request-ID", "req-1");
        response.Headers.TryAddWithoutValidation("Set-Cookie", "a=1%20\\u0041");
        var redaction = new KeyRedaction(Key);
        redaction.Apply(response.Headers);
        var before = GC.GetAllocatedBytesForCurrentThread();

        redaction.Apply(response.Headers);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
#endif

    [Fact]
    public void Cause_ThatShowsTheKey_IsLeftOut()
    {
        var shows = new InvalidOperationException("outer", new FormatException($"Received an invalid header line: 'Bearer {Key}'."));
        var hides = new InvalidOperationException("outer", new FormatException("inner"));

        Assert.Null(new KeyRedaction(Key).Cause(shows));
        Assert.Same(hides, new KeyRedaction(Key).Cause(hides));
        Assert.Same(shows, KeyRedaction.None.Cause(shows));
        Assert.Null(new KeyRedaction(Key).Cause(cause: null));
    }

    [Theory]
    [InlineData("""{"a":["sk-0123\/4567\u002b89ab",{"sk-0123/4567+89ab":1}]}""", """{"a":["***",{"***":1}]}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public void Apply_OfJson_MasksTheKey(string json, string expected)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(expected, new KeyRedaction(Key).Apply(document.RootElement)?.ToString());
    }

    [Fact]
    public void Apply_OfJsonThatDoesNotHoldWithoutTheKey_IsNull()
    {
        using var document = JsonDocument.Parse("""{"a":1234567890}""");

        Assert.Null(new KeyRedaction("1234567890").Apply(document.RootElement));
        Assert.Null(new KeyRedaction("1234567890").Apply((JsonElement?)null));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string Lower(string escaped, char mark, int digits)
    {
        var lower = escaped.ToCharArray();
        for (var i = 0; i < lower.Length; i++)
        {
            var start = escaped.LastIndexOf(mark, i, Math.Min(i, digits) + 1);
            lower[i] = start >= 0 && start < i && (mark == '%' || escaped[Math.Max(0, start - 1)] == '\\') ? char.ToLowerInvariant(lower[i]) : lower[i];
        }

        return new string(lower);
    }
}
