using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>The reader of server-sent events: the input is the body, whole and in pieces, which must not matter.</summary>
internal static class SseTarget
{
    private const int MaxLineBytes = 1024 * 1024;

    public static void Run(byte[] input)
    {
        var whole = Sync.Run(() => ReadAsync(input, int.MaxValue));
        foreach (var length in new[] { 1, 7 })
        {
            var pieces = Sync.Run(() => ReadAsync(input, length));
            if (!whole.SequenceEqual(pieces))
            {
                throw new FindingException($"Other events in pieces of {length}:\n{string.Join("\n--\n", whole)}\n== but\n{string.Join("\n--\n", pieces)}");
            }
        }

        Behavior.Add(whole.Count, whole.Count(text => text[0] == '!'));
        Planted.CheckEvents(whole);
    }

    /// <summary>The events, those that are named error with a leading "!".</summary>
    private static async Task<List<string>> ReadAsync(byte[] input, int pieceLength)
    {
        var events = new List<string>();
        using var reader = new SseReader(new PieceStream(input, pieceLength), MaxLineBytes);
        while (await reader.MoveNextAsync(CancellationToken.None))
        {
            events.Add((reader.IsError ? "!" : string.Empty) + TextOf(reader.Data));
        }

        return events;
    }

    /// <summary>A page is an event of all that was received at that time, for the message; what follows its first line depends on the reads.</summary>
    private static string TextOf(ReadOnlySpan<byte> data)
    {
        var text = Encoding.Latin1.GetString(data);
        var page = text.StartsWith('<') ? 0 : text.IndexOf("\n<", StringComparison.Ordinal) + 1;
        var isPage = page > 0 || text.StartsWith('<');
        var end = isPage ? text.IndexOfAny(['\r', '\n'], page) : -1;

        return end < 0 ? text : text[..end];
    }
}
