using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>Finds a secret in texts, however it is written: plain, as base64 at any alignment, encoded for a URL, escaped for JSON or HTML. Its first characters are enough, in case the rest was truncated.</summary>
internal sealed class Canary
{
    /// <summary>A key whose characters differ in every spelling.</summary>
    public const string Key = "sk-canary/7Qz+Vb\"9&<Lm=%~c4nAry";

    private const int Telling = 16;

    private readonly string[] _forms;

    public Canary(string secret)
    {
        var start = secret.Substring(0, Math.Min(Telling, secret.Length));
        _forms = [.. Spellings(start).Concat(Enumerable.Range(0, 3).SelectMany(before => Base64(start, before))).Distinct()];
    }

    /// <summary>Every text in which the secret stands.</summary>
    public IReadOnlyList<string> Find(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Where(text => _forms.Any(form => text.IndexOf(form, StringComparison.OrdinalIgnoreCase) >= 0))];

    private static IEnumerable<string> Spellings(string secret) =>
    [
        secret,
        secret.Replace("/", "\\/"),
        Uri.EscapeDataString(secret),
        WebUtility.HtmlEncode(secret),
        JavaScriptEncoder.Default.Encode(secret),
        JavaScriptEncoder.Default.Encode(secret).Replace("/", "\\/"),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret).Replace("/", "\\/"),
    ];

    /// <summary>What base64 makes of the secret alone, when so many bytes stand before it and any after it.</summary>
    private static IEnumerable<string> Base64(string secret, int before)
    {
        var text = Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(secret)]);

        // A character holds six bits: those that also hold bits of what stands before or after say nothing.
        var first = ((8 * before) + 5) / 6;
        var end = 8 * (before + secret.Length) / 6;
        text = text.Substring(first, end - first);
        return [text, text.Replace('+', '-').Replace('/', '_')];
    }
}
