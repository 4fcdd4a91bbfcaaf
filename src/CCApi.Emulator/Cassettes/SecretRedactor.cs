using System;
using System.Collections.Generic;
using System.Text;

namespace CCApi.Emulator;

/// <summary>Removes keys from what is recorded, plain, percent-encoded and as base64.</summary>
internal sealed class SecretRedactor
{
    private static readonly byte[] _replacement = Encoding.ASCII.GetBytes("(redacted)");

    private readonly List<byte[]> _forms = [];

    public SecretRedactor(params ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                _forms.Add(Encoding.UTF8.GetBytes(secret));
                _forms.Add(Encoding.UTF8.GetBytes(Uri.EscapeDataString(secret)));
                _forms.Add(Encoding.UTF8.GetBytes(
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=')));
            }
        }
    }

    public string Apply(string text) => Encoding.UTF8.GetString(Apply(Encoding.UTF8.GetBytes(text)));

    /// <summary>The bytes without the keys; the same array when there were none.</summary>
    public byte[] Apply(byte[] bytes)
    {
        foreach (var form in _forms)
        {
            bytes = Replace(bytes, form);
        }

        return bytes;
    }

    private static byte[] Replace(byte[] bytes, byte[] form)
    {
        var at = bytes.AsSpan().IndexOf(form);
        if (at < 0)
        {
            return bytes;
        }

        var result = new List<byte>(bytes.Length);
        var rest = bytes.AsSpan();

        for (; at >= 0; at = rest.IndexOf(form))
        {
            result.AddRange(rest[..at]);
            result.AddRange(_replacement);
            rest = rest[(at + form.Length)..];
        }

        result.AddRange(rest);

        return [.. result];
    }
}
