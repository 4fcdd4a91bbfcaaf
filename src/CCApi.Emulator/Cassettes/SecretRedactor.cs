using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Emulator;

/// <summary>
/// Removes keys from what is recorded: in any case, escaped for JSON, URLs or HTML, also several times, as hexadecimal digits, and
/// inside of base64. Immutable.
/// </summary>
/// <remarks>Configured secrets are removed whatever their length; those of a request only when they are not short.</remarks>
internal sealed class SecretRedactor
{
    /// <summary>Shorter ones are removed in their own case only, and not as base64 or digits, which match by chance.</summary>
    private const int ShortestEncoded = 8;

    private const int MostEscapes = 3;

    private static readonly byte[] _replacement = Encoding.ASCII.GetBytes("(redacted)");

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);
    private readonly List<Form> _forms;

    public SecretRedactor(params ReadOnlySpan<string?> secrets)
    {
        _forms = [];
        foreach (var secret in secrets)
        {
            Add(secret);
        }
    }

    private SecretRedactor(SecretRedactor other, IEnumerable<string> secrets)
    {
        _forms = [.. other._forms];
        _secrets.UnionWith(other._secrets);

        foreach (var secret in secrets)
        {
            Add(secret);
        }
    }

    /// <summary>
    /// Returns a redactor that also removes the secrets of a request, except short ones: that of <c>?key=a</c> would remove every
    /// <c>a</c>. Returns the same redactor when there are no others.
    /// </summary>
    public SecretRedactor With(IEnumerable<string> secrets)
    {
        var further = secrets.Where(secret => secret.Length >= ShortestEncoded && !_secrets.Contains(secret)).ToArray();
        if (further.Length == 0)
        {
            return this;
        }

        return new SecretRedactor(this, further);
    }

    public string Apply(string text) => Encoding.UTF8.GetString(Apply(Encoding.UTF8.GetBytes(text)));

    /// <summary>The bytes without the keys; the same array when there were none.</summary>
    public byte[] Apply(byte[] bytes)
    {
        var found = new List<(int Start, int End)>();
        var text = UnescapedText.Of(bytes);

        for (var escapes = 0; text is not null; escapes++)
        {
            foreach (var form in _forms)
            {
                Find(text, form, found);
            }

            text = escapes < MostEscapes ? text.Unescape() : null;
        }

        return found.Count == 0 ? bytes : Replace(bytes, found);
    }

    private static void Find(UnescapedText text, Form form, List<(int Start, int End)> found)
    {
        var all = text.Text;
        var end = 0;
        int at;

        while ((at = all.AsSpan(end).IndexOf(form.Text, form.Comparison)) >= 0)
        {
            var start = end + at;
            end = start + form.Text.Length;

            found.Add((text.StartOf(WithPartBefore(all, form, start)), text.StartOf(WithPartAfter(all, form, end))));
        }
    }

    private static int WithPartBefore(string text, Form form, int start)
    {
        var canHavePart = form.StartsWithin && start > 0;
        if (canHavePart && IsBase64(text[start - 1]))
        {
            return start - 1;
        }

        return start;
    }

    private static int WithPartAfter(string text, Form form, int end)
    {
        var canHavePart = form.EndsWithin && end < text.Length;
        if (canHavePart && IsBase64(text[end]))
        {
            return end + 1;
        }

        return end;
    }

    private static bool IsBase64(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '-' or '_';

    private static byte[] Replace(byte[] bytes, List<(int Start, int End)> found)
    {
        var result = new List<byte>(bytes.Length);
        var written = 0;

        foreach (var (start, end) in found.Order())
        {
            // Places that overlap are replaced once.
            if (start >= written)
            {
                result.AddRange(bytes.AsSpan(written, start - written));
                result.AddRange(_replacement);
            }

            written = int.Max(written, end);
        }

        result.AddRange(bytes.AsSpan(written));

        return [.. result];
    }

    private void Add(string? secret)
    {
        if (!string.IsNullOrEmpty(secret) && _secrets.Add(secret))
        {
            AddForms(Encoding.UTF8.GetBytes(secret));
        }
    }

    private void AddForms(byte[] secret)
    {
        var text = Encoding.Latin1.GetString(secret);
        if (secret.Length < ShortestEncoded)
        {
            _forms.Add(new Form(text, StringComparison.Ordinal));
            return;
        }

        _forms.Add(new Form(text, StringComparison.OrdinalIgnoreCase));
        _forms.Add(new Form(Convert.ToHexString(secret), StringComparison.OrdinalIgnoreCase));

        for (var before = 0; before < 3; before++)
        {
            var base64 = Base64Within(secret, before);
            _forms.Add(base64);
            _forms.Add(base64 with { Text = base64.Text.Replace('+', '-').Replace('/', '_') });
        }
    }

    /// <summary>
    /// The characters of base64 that depend on the secret alone, when it follows so many bytes, or any multiple of three more, and
    /// anything follows it.
    /// </summary>
    private static Form Base64Within(byte[] secret, int bytesBefore)
    {
        var bitsBefore = 8 * bytesBefore;
        var bits = bitsBefore + (8 * secret.Length);
        var text = Convert.ToBase64String([.. new byte[bytesBefore], .. secret])[((bitsBefore + 5) / 6)..(bits / 6)];

        return new Form(text, StringComparison.Ordinal, StartsWithin: bitsBefore % 6 > 0, EndsWithin: bits % 6 > 0);
    }

    /// <param name="Text">What to look for.</param>
    /// <param name="Comparison">How to compare it.</param>
    /// <param name="StartsWithin">Whether the character before it contains the first bits of the secret.</param>
    /// <param name="EndsWithin">Whether the character after it contains the last bits of the secret.</param>
    private sealed record Form(string Text, StringComparison Comparison, bool StartsWithin = false, bool EndsWithin = false);
}
