using System;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>What was set, of the caller's own request, the options and the default: a text that is empty or white space is not.</summary>
internal static class FirstText
{
    public static string? Of(params string?[] texts) => Array.Find(texts, text => !string.IsNullOrWhiteSpace(text));
}
