using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text.Json;

namespace CCApi.Sdk.Fuzz;

/// <summary>The ways in which a gateway fails, and whether what it did may have cost money.</summary>
internal static class FailureScript
{
    private static readonly int[] _statuses = [500, 429, 400, 401, 402, 403, 404, 408, 409, 413, 422, 502, 503, 504, 520, 521, 522, 523, 524, 529, 418, 301, 307, 304, 599];

    /// <summary>Codes, and whether a call that failed with one may be sent again.</summary>
    private static readonly (string Code, bool MayRepeat)[] _codes =
    [
        ("\"overloaded\"", true), ("429", true), ("\"503\"", true), ("\"rate_limit_exceeded\"", true), ("\"model_not_found\"", true), ("\"insufficient_quota\"", false),
        ("400", true), ("\"odd\"", false), ("null", false),
    ];

    public static void BreakConnection(ScriptedReply reply, Choices choices)
    {
        reply.MayBeCharged = !choices.OneIn(2);
        reply.Failure = reply.MayBeCharged
            ? new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended.", new IOException("The connection was closed."))
            : new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused.", new SocketException((int)SocketError.ConnectionRefused));
    }

    public static void Fail(ScriptedReply reply, Choices choices, string echo)
    {
        reply.Status = choices.Pick(_statuses);
        var (code, _) = choices.Pick(_codes);
        var body = choices.Next(8);
        reply.Add(Body(body, code, echo));
        reply.Headers.Add(KeyValuePair.Create("Content-Type", body == 4 ? "text/html" : "application/json"));

        // What only the gateway itself can say counts as not charged; the page of a proxy says nothing about the work behind it.
        var isOfGateway = body is 0 or 1 or 2 or 3;
        reply.MayBeCharged = reply.Status switch
        {
            429 or 521 or 522 or 523 or 529 => false,
            408 or 500 or 502 or 503 => !isOfGateway,
            504 or 520 or 524 or >= 500 => true,
            _ => false,
        };
        if (reply.Status == 429 && body == 0)
        {
            // A used-up quota: nothing was charged, and nothing would be different a second later.
            reply.MayBeCharged = code.Contains("quota", StringComparison.Ordinal);
        }

        if (choices.OneIn(4))
        {
            reply.Body = [(TimeSpan.Zero, reply.Body[0].Bytes), (TimeSpan.FromSeconds(choices.Pick(1, 100)), "\n"u8.ToArray())];
        }

        reply.End = choices.Pick(ReplyEnd.Complete, ReplyEnd.Complete, ReplyEnd.Reset, ReplyEnd.Silence);
    }

    /// <summary>An error under a status of success, after a part of a completion if there is one.</summary>
    public static void HideError(ScriptedReply reply, Choices choices, string echo, bool isStream, ScriptedCompletion? completion, string model)
    {
        var (code, mayRepeat) = choices.Pick(_codes);
        var error = Body(0, code, echo);
        var hasBegun = false;
        foreach (var chunk in completion?.ToChunks(model).Take(choices.Next(6)) ?? [])
        {
            hasBegun |= ScriptedCompletion.IsContent(chunk);
            reply.Add($"data: {chunk}\n\n");
        }

        var form = isStream ? choices.Next(3) : 2;
        reply.Add(form switch { 0 => $"data: {error}\n\n", 1 => $"event: error\ndata: {error}\n\n", _ => error });
        reply.Headers.Add(KeyValuePair.Create("Content-Type", isStream ? "text/event-stream" : "application/json"));
        reply.MayBeCharged = !mayRepeat || hasBegun;
    }

    private static string Body(int form, string code, string echo)
    {
        var message = JsonSerializer.Serialize($"Failed for {echo}.\u001b[31m\r\nforged");
        return form switch
        {
            0 => $"{{\"error\":{{\"message\":{message},\"type\":\"t {echo.Replace("\\", "", StringComparison.Ordinal)}\",\"code\":{code},\"param\":{message}}}}}",
            1 => $"{{\"message\":{message},\"code\":{code}}}",
            2 => $"{{\"error\":{message}}}",
            3 => $"[{{\"error\":{{\"message\":{message},\"details\":[{message}]}}}}]",
            4 => $"<html><body><h1>502 Bad Gateway</h1>{echo}</body></html>",
            5 => "",
            6 => $"upstream: {echo}",
            _ => $"{{\"detail\":[{{\"loc\":[\"body\"],\"msg\":{message}}}]}}",
        };
    }
}
