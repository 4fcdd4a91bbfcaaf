using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>Counts tokens roughly, four characters each, and cuts a text into the pieces of a stream.</summary>
internal static class ChatTokens
{
    private const int Characters = 4;

    public static int Count(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        return (text.Length + Characters - 1) / Characters;
    }

    /// <summary>The text up to a number of tokens.</summary>
    public static string Take(string text, int tokens)
    {
        if ((long)tokens * Characters >= text.Length)
        {
            return text;
        }

        return text[..WholeCharacters(text, tokens * Characters)];
    }

    /// <summary>Words with the space before them.</summary>
    public static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\n' && text[i - 1] is not ' ' and not '\n')
            {
                yield return text[start..i];
                start = i;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }

    private static int WholeCharacters(string text, int length)
    {
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
        {
            return length - 1;
        }

        return length;
    }
}
