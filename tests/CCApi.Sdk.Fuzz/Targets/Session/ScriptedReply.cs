using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.Fuzz;

/// <summary>What the server does with one request.</summary>
internal sealed class ScriptedReply
{
    /// <summary>The exception instead of a response; null when there is one.</summary>
    public Exception? Failure { get; set; }

    public int Status { get; set; } = 200;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>How long the headers take; longer than any budget for a server that never responds.</summary>
    public TimeSpan HeaderDelay { get; set; }

    /// <summary>The body, each part after a delay.</summary>
    public List<(TimeSpan Delay, byte[] Bytes)> Body { get; set; } = [];

    public int PieceLength { get; set; } = int.MaxValue;

    public ReplyEnd End { get; set; }

    /// <summary>The completion that was sent; null for any other body.</summary>
    public ScriptedCompletion? Content { get; set; }

    /// <summary>Whether this reply may have cost money, so that the call must not be sent again unless that is allowed.</summary>
    public bool MayBeCharged { get; set; } = true;

    /// <summary>Whether the body has all of the content, in a form that every client must read.</summary>
    public bool IsIntact { get; set; }

    public TimeSpan Duration => HeaderDelay + TimeSpan.FromTicks(Body.Sum(piece => piece.Delay.Ticks));

    public void Add(string text) => Add(text, TimeSpan.Zero);

    public void Add(string text, TimeSpan delay) => Body.Add((delay, System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Ends the body after so many bytes; the delays before stay.</summary>
    public void Cut(int length)
    {
        var kept = new List<(TimeSpan, byte[])>();
        foreach (var (delay, bytes) in Body)
        {
            var part = bytes[..Math.Min(length, bytes.Length)];
            kept.Add((delay, part));
            length -= part.Length;
            if (length == 0)
            {
                break;
            }
        }

        Body = kept;
        IsIntact = false;
    }
}
