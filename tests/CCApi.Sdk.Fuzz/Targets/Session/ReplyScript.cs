using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.Fuzz;

/// <summary>Chooses the reply to a request: mostly the right one, often disturbed.</summary>
internal sealed class ReplyScript(Choices choices, ManualClock clock)
{
    private static readonly TimeSpan[] _delays =
        [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(70), TimeSpan.FromMinutes(6)];

    private static readonly string[] _states = ["completed", "processing", "queued", "failed", "", "PENDING", "odd", "cancelled"];

    public ScriptedReply Next(RequestKind kind, string model, string key)
    {
        var reply = new ScriptedReply { HeaderDelay = choices.Pick(_delays) };
        switch (choices.Next(16))
        {
            case 9:
                FailureScript.BreakConnection(reply, choices);
                break;
            case 10 or 11:
                FailureScript.Fail(reply, choices, Echo(key));
                break;
            case 12:
                FailureScript.HideError(reply, choices, Echo(key), isStream: kind == RequestKind.ChatStream, completion: null, model);
                break;
            case 13 when kind == RequestKind.ChatStream:
                FailureScript.HideError(reply, choices, Echo(key), isStream: true, new ScriptedCompletion(choices, mayCallTools: false), model);
                break;
            case 14:
                reply.HeaderDelay = SessionServer.Never;
                break;
            case 15:
                reply.Body.Add((TimeSpan.Zero, [.. Enumerable.Range(0, choices.Next(40)).Select(_ => (byte)choices.Next(256))]));
                break;
            default:
                Succeed(reply, kind, model);
                Disturb(reply);
                break;
        }

        AddHeaders(reply, Echo(key));
        return reply;
    }

    /// <summary>The key as a gateway may quote it back.</summary>
    private string Echo(string key) => choices.Next(6) switch
    {
        2 => key,
        3 => Uri.EscapeDataString(key),
        4 => key.Replace("/", "\\/", StringComparison.Ordinal),
        5 => Convert.ToBase64String(Encoding.UTF8.GetBytes(key)),
        _ => "nothing",
    };

    private void Succeed(ScriptedReply reply, RequestKind kind, string model)
    {
        reply.IsIntact = true;
        switch (kind)
        {
            case RequestKind.ChatStream when !choices.OneIn(8):
                AddEvents(reply, new ScriptedCompletion(choices, mayCallTools: true), model);
                break;
            case RequestKind.Chat or RequestKind.ChatStream:
                reply.Content = new ScriptedCompletion(choices, mayCallTools: true);
                reply.Add(reply.Content.ToPlain(model), choices.Pick(_delays));
                SetType(reply, "application/json");
                break;
            case RequestKind.Speech when choices.OneIn(2):
                reply.Body.Add((choices.Pick(_delays), [.. "ID3"u8, .. new byte[choices.Next(256)]]));
                reply.Body.Add((choices.Pick(_delays), new byte[choices.Next(256)]));
                SetType(reply, "audio/mpeg");
                break;
            case RequestKind.Speech:
                reply.Add("{\"b64_audio\":\"SUQzAAAA\",\"format\":\"mp3\"}", choices.Pick(_delays));
                SetType(reply, "application/json");
                break;
            case RequestKind.Models:
                var count = choices.Next(4);
                reply.Add($"{{\"data\":[{string.Join(',', Enumerable.Range(0, count).Select(_ => $"{{\"id\":\"m{choices.Next(20)}\"}}"))}]{(choices.OneIn(2) ? ",\"has_more\":false" : null)}}}");
                SetType(reply, "application/json");
                break;
            default:
                AddJob(reply, kind);
                break;
        }
    }

    private void AddEvents(ScriptedReply reply, ScriptedCompletion content, string model)
    {
        reply.Content = content;
        var newLine = choices.Pick("\n", "\r\n", "\r");
        var isPadded = choices.OneIn(4);
        var isHeldTogether = choices.OneIn(3);
        var chunks = content.ToChunks(model).Append("[DONE]").ToList();
        for (var i = 0; i < chunks.Count; i++)
        {
            if (isPadded)
            {
                AddHeartbeats(reply, newLine);
            }

            // Gateways that join events leave their documents under one blank line.
            var blank = isHeldTogether && choices.OneIn(2) && i + 1 < chunks.Count ? null : newLine;
            reply.Add($"data:{(isPadded ? null : " ")}{chunks[i]}{newLine}{blank}", choices.Pick(_delays));
        }

        SetType(reply, "text/event-stream");
    }

    private void AddHeartbeats(ScriptedReply reply, string newLine)
    {
        var beat = choices.Pick(": keep-alive", "event: ping", "data: ping", "data: {\"type\":\"ping\"}", "event: heartbeat\ndata: keep-alive", "id: 7", "retry: 10");
        for (var count = choices.Next(4); count > 0; count--)
        {
            reply.Add($"{beat.Replace("\n", newLine, StringComparison.Ordinal)}{newLine}{newLine}", choices.Pick(_delays));
        }
    }

    private void AddJob(ScriptedReply reply, RequestKind kind)
    {
        var state = choices.Pick(_states);
        var id = kind == RequestKind.Image && choices.OneIn(4) ? null : "\"id\":\"job_1\",";
        var poll = id is null && choices.OneIn(2) ? "\"poll_url\":\"/v1/images/jobs/job_2\"," : null;
        var data = state == "completed" || choices.OneIn(8) ? ",\"data\":[{\"b64_json\":\"iVBORw0KGgo=\"}]" : null;
        var estimate = choices.OneIn(4) ? $",\"estimated_time\":{choices.Pick("3", "-1", "1e9", "\"2\"", "null")}" : null;
        reply.Add($"{{{id}{poll}\"status\":\"{state}\"{data}{estimate}}}", choices.Pick(_delays));
        reply.Status = kind == RequestKind.Image && choices.OneIn(2) ? 202 : 200;
        SetType(reply, "application/json");
    }

    private void SetType(ScriptedReply reply, string type)
    {
        var other = choices.Next(12);
        reply.IsIntact &= other < 8;
        var value = other switch
        {
            5 => $"{type}; charset=utf-8",
            6 => $"{type}; charset=\"UTF-8\"",
            7 => type.ToUpperInvariant(),
            8 => $"{type}; charset=utf-16",
            9 => "application/octet-stream",
            10 => "text/html",
            11 => null,
            _ => type,
        };
        if (value is not null)
        {
            reply.Headers.Add(KeyValuePair.Create("Content-Type", value));
        }
    }

    private void Disturb(ScriptedReply reply)
    {
        reply.PieceLength = choices.Pick(int.MaxValue, int.MaxValue, 1, 7, 100);
        switch (choices.Next(16))
        {
            case 8:
                reply.Body.Insert(0, (TimeSpan.Zero, [0xEF, 0xBB, 0xBF]));
                break;
            case 9:
                Encode(reply);
                break;
            case 10:
                reply.End = choices.Pick(ReplyEnd.Reset, ReplyEnd.Silence);
                reply.IsIntact = false;
                break;
            case 11:
                reply.Add(choices.Pick("{}", "x", "data: {}\n\n", "\n", "data: {\"error\":{\"message\":\"late\"}}\n\n"));
                reply.IsIntact = false;
                reply.Content = null;
                break;
            case >= 12:
                var length = reply.Body.Sum(piece => piece.Bytes.Length);
                reply.Cut(choices.NextWord() % (length + 1));
                reply.End = choices.Pick(ReplyEnd.Complete, ReplyEnd.Reset, ReplyEnd.Silence);
                break;
            default:
                break;
        }
    }

    /// <summary>A client whose handler does not decompress sees the compressed bytes.</summary>
    private static void Encode(ScriptedReply reply)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            reply.Body.ForEach(piece => gzip.Write(piece.Bytes));
        }

        reply.Body = [(TimeSpan.Zero, packed.ToArray())];
        reply.Headers.Add(KeyValuePair.Create("Content-Encoding", "gzip"));
        reply.IsIntact = false;
        reply.Content = null;
    }

    private void AddHeaders(ScriptedReply reply, string echo)
    {
        if (choices.OneIn(3))
        {
            var date = clock.GetUtcNow().AddSeconds(20).ToString("r", CultureInfo.InvariantCulture);
            reply.Headers.Add(KeyValuePair.Create("Retry-After", choices.Pick("0", "1", "30", "90", date, "-5", "soon", "1e99", "NaN", "Infinity", "0.001")));
        }

        switch (choices.Next(8))
        {
            case 4:
                reply.Headers.Add(KeyValuePair.Create("x-request-id", $"req {echo}"));
                break;
            case 5:
                reply.Headers.Add(KeyValuePair.Create("x-should-retry", choices.Pick("true", "false", "odd")));
                break;
            case 6:
                reply.Headers.Add(KeyValuePair.Create("x-ratelimit-remaining-requests", choices.Pick("1", "-1", "99999999999999999999", echo)));
                break;
            case 7:
                reply.Headers.Add(KeyValuePair.Create("retry-after-ms", choices.Pick("0", "250", "1e9", "-1", "x")));
                break;
            default:
                break;
        }
    }
}
