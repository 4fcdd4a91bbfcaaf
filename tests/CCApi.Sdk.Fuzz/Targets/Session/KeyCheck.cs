using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Fuzz;

/// <summary>Finds a key in what people read, however it is written.</summary>
internal static class KeyCheck
{
    public static void Check(Exception? exception, string key)
    {
        for (var each = exception; each is not null; each = each.InnerException)
        {
            Check(each.ToString(), key);
            if (each is CCApiException error)
            {
                Check(string.Join('\n', Texts(error)), key);
            }
        }
    }

    public static void Check(string text, string key)
    {
        foreach (var form in Forms(key))
        {
            if (text.Contains(form, StringComparison.OrdinalIgnoreCase))
            {
                throw new FindingException($"The key is shown as {form}: {text}");
            }
        }
    }

    private static IEnumerable<string?> Texts(CCApiException error) =>
    [
        error.GatewayMessage, error.Type, error.Code, error.Param, error.RequestId, error.BodySnippet, error.Details?.GetRawText(), error.Headers?.ToString(),
        .. error.Attempts.Select(attempt => attempt.ToString()),
    ];

    private static string[] Forms(string key) =>
        [key, Uri.EscapeDataString(key), key.Replace("/", "\\/", StringComparison.Ordinal), Convert.ToBase64String(Encoding.UTF8.GetBytes(key))];
}
