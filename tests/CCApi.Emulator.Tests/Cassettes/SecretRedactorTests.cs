using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace CCApi.Emulator.Tests.Cassettes;

public class SecretRedactorTests
{
    private const string Key = "sk-up/stream_Key+0123456789";

    private readonly SecretRedactor _redactor = new(Key);

    public static TheoryData<string> Forms => new(
        Key,
        Key.ToUpperInvariant(),
        Key.ToLowerInvariant(),
        Uri.EscapeDataString(Key),
        Uri.EscapeDataString(Key).ToLowerInvariant(),
        Uri.EscapeDataString(Uri.EscapeDataString(Key)),
        string.Concat(Key.Select(character => $"%{(int)character:x2}")),
        string.Concat(Key.Select(character => $"\\u{(int)character:x4}")),
        string.Concat(Key.Select(character => $"\\u{(int)character:X4}")),
        string.Concat(Key.Select(character => $"&#{(int)character};")),
        string.Concat(Key.Select(character => $"&#x{(int)character:x};")),
        Key.Replace("-", "\\u002d", StringComparison.Ordinal),
        Key.Replace("-", "\\\\u002d", StringComparison.Ordinal),
        Key.Replace("-", "%2d", StringComparison.Ordinal),
        Key.Replace("-", "%252d", StringComparison.Ordinal),
        Key.Replace("-", "\\u00252d", StringComparison.Ordinal),
        Key.Replace("/", "\\/", StringComparison.Ordinal),
        Key.Replace("+", "&#43;", StringComparison.Ordinal),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Key)),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Key)).ToLowerInvariant(),
        WebUtility.HtmlEncode(Key),
        WebUtility.UrlEncode(Key));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Apply_OfTheSecretInAnyForm_LeavesNothingOfIt(string form)
    {
        var redacted = _redactor.Apply($$"""{"before":1,"x":"{{form}}","after":"café"}""");

        Assert.Equal("""{"before":1,"x":"(redacted)","after":"café"}""", redacted);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("x", "")]
    [InlineData("xy", "")]
    [InlineData("Bearer ", "")]
    [InlineData("", ":")]
    [InlineData("user:", "\n")]
    [InlineData("x", "yz")]
    public void Apply_OfBase64WithTheSecretInside_LeavesNothingOfIt(string before, string after)
    {
        var bytes = Encoding.UTF8.GetBytes(before + Key + after);

        var standard = Convert.ToBase64String(bytes);
        var forUrls = standard.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        var inJson = standard.Replace("/", "\\/", StringComparison.Ordinal);

        foreach (var form in new[] { standard, forUrls, inJson })
        {
            var redacted = _redactor.Apply($"[{form}]");

            Assert.Contains("(redacted)", redacted, StringComparison.Ordinal);
            Assert.InRange(redacted.Length, 0, "[(redacted)]".Length + ((before.Length + after.Length) * 4 / 3) + 3);
        }
    }

    [Theory]
    [InlineData("sk-up/stream_Key+012345678")]
    [InlineData("sk up/stream_Key+0123456789")]
    [InlineData("100% of it, \\ and \\u and &amp; and %zz and &#; and \\uD83D")]
    [InlineData("")]
    public void Apply_OfOtherText_LeavesTheSameBytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Same(bytes, _redactor.Apply(bytes));
    }

    [Fact]
    public void Apply_OfSeveralSecretsAndForms_ReplacesEach()
    {
        var redactor = new SecretRedactor(Key, null, string.Empty, "hunter2secret");

        Assert.Equal("(redacted) and (redacted), (redacted)(redacted)", redactor.Apply($"HUNTER2SECRET and hunter2%73ecret, {Key}{Key}"));
    }

    [Fact]
    public void With_SecretsOfARequest_SkipsShortAndKnownOnes()
    {
        Assert.Same(_redactor, _redactor.With([Key, "short-1", string.Empty]));
        Assert.Equal("short-1 (redacted) (redacted)", _redactor.With(["short-1", "long-enough"]).Apply($"short-1 {Key} LONG-ENOUGH"));
    }

    [Fact]
    public void Apply_OfAShortSecret_ReplacesOnlyItself()
    {
        var redactor = new SecretRedactor("test");

        Assert.Equal("TEST 74657374 dGVzdA, (redacted) (redacted)", redactor.Apply("TEST 74657374 dGVzdA, test te%73t"));
    }

    [Fact]
    public void Apply_OfASecretBeyondAscii_ReplacesItsForms()
    {
        var redactor = new SecretRedactor("geheim-schlüssel-😀");

        var redacted = redactor.Apply($"geheim-schlüssel-😀 {Uri.EscapeDataString("geheim-schlüssel-😀")} {JsonSerializer.Serialize("geheim-schlüssel-😀")}");

        Assert.Equal("(redacted) (redacted) \"(redacted)\"", redacted);
    }

    [Fact]
    public void Apply_OfLongBodies_TakesTimeByTheirLength()
    {
        var text = string.Concat(Enumerable.Repeat("\\\\%25&amp;\\u0041sk-", 200_000));
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        var redacted = _redactor.Apply(text);

        Assert.Equal(text.Length, redacted.Length);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
    }
}
