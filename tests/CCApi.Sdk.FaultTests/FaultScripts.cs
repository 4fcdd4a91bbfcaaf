using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.FaultTests.Support;

namespace CCApi.Sdk.FaultTests;

/// <summary>How the raw server does each fault of the table, but for those that need no server.</summary>
internal static class FaultScripts
{
    private const string Page = "<!doctype html><html><head><title>Bad gateway</title></head><body>Something is wrong.</body></html>";

    private const string EndlessPiece = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly Dictionary<string, Func<GatewayTurn, Task>> _scripts = new()
    {
        ["reset before headers"] = async turn =>
        {
            await turn.AskEmulatorAsync();
            await turn.ResetAsync();
        },
        ["closed before headers"] = async turn =>
        {
            await turn.AskEmulatorAsync();
            turn.Close();
        },
        ["reset mid-body"] = async turn =>
        {
            await SendHalfAsync(turn, response => $"Content-Length: {response.Body.Length}");
            await turn.ResetAsync();
        },
        ["truncated chunked body"] = async turn =>
        {
            var response = await turn.AskEmulatorAsync();
            await turn.SendAsync(response.Head("Transfer-Encoding: chunked"));
            await turn.SendAsync($"{response.Body.Length:x}\r\n");
            await turn.SendAsync(response.Half);
            turn.Close();
        },
        ["content length too large"] = async turn =>
        {
            await SendHalfAsync(turn, response => $"Content-Length: {response.Body.Length}");
            turn.Close();
        },
        ["content length too small"] = async turn =>
        {
            var response = await turn.AskEmulatorAsync();
            await turn.SendAsync(response.Head($"Content-Length: {response.Half.Length}", "Connection: close"));
            await turn.SendAsync(response.Body);
            turn.Close();
        },
        ["body just ends"] = async turn =>
        {
            await SendHalfAsync(turn, _ => "Connection: close");
            turn.Close();
        },
        ["slow headers"] = async turn =>
        {
            await turn.AskEmulatorAsync();
            await turn.StaySilentAsync();
        },
        ["slow body"] = SendSlowlyAsync,
        ["silent after headers"] = async turn =>
        {
            var response = await turn.AskEmulatorAsync();
            await turn.SendAsync(response.Head("Connection: close"));
            await turn.StaySilentAsync();
        },
        ["stalled body"] = async turn =>
        {
            await SendHalfAsync(turn, _ => "Connection: close");
            await turn.StaySilentAsync();
        },
        ["one byte per second"] = SendByteAfterByteAsync,
        ["garbage"] = async turn =>
        {
            await turn.AskEmulatorAsync();
            await turn.SendAsync("*1\r\n$4\r\nPONG\r\n" + new string('\u0001', 1000));
            turn.Close();
        },
        ["HTML"] = async turn =>
        {
            await turn.AskEmulatorAsync();
            await turn.SendOwnAsync(200, "text/html", Page);
        },
        ["empty body"] = async turn => await turn.SendWholeAsync(await turn.AskEmulatorAsync() with { Body = [] }),
        ["403 quota"] = turn => turn.SendOwnAsync(403, "application/json", """{"error":{"message":"The quota is used up.","type":"new_api_error","code":"insufficient_user_quota"}}"""),
        ["502 in HTML"] = turn => turn.SendOwnAsync(502, "text/html", Page),
        ["503 model_not_found"] = turn => turn.SendOwnAsync(503, "application/json", """{"error":{"message":"Nobody serves this model.","type":"new_api_error","code":"model_not_found"}}"""),
        ["520"] = turn => LoseAsync(turn, 520),
        ["521"] = turn => turn.SendOwnAsync(521, "text/html", Page),
        ["524"] = turn => LoseAsync(turn, 524),
        ["redirect loop"] = turn => turn.SendOwnAsync(302, "text/html", "", $"Location: {turn.Path}"),
        ["error hidden in 200"] = async turn =>
        {
            if (turn.IsDownload)
            {
                await turn.SendOwnAsync(200, "application/json", """{"error":{"message":"The link has expired.","type":"invalid_request_error"}}""");
                return;
            }

            await turn.SendWholeAsync(await turn.AskEmulatorAsync(new EmulatorFault(EmulatorFaultKind.Hidden)));
        },
        ["endless body"] = SendForeverAsync,
        ["endless headers"] = async turn =>
        {
            await turn.AskEmulatorAsync();
            await turn.SendAsync("HTTP/1.1 200 OK\r\nX-Endless: ");
            await turn.SendForeverAsync(EndlessPiece);
        },
        ["429, Retry-After: date"] = turn => FailAsync(turn, 429, $"Retry-After: {turn.Now.AddSeconds(2):r}"),
        ["429, Retry-After: past date"] = turn => FailAsync(turn, 429, $"Retry-After: {turn.Now.AddDays(-1):r}"),
        ["429, Retry-After: far date"] = turn => FailAsync(turn, 429, $"Retry-After: {turn.Now.AddDays(5):r}"),
    };

    /// <summary>How the raw server does a fault; null when the fault needs no server.</summary>
    public static Func<GatewayTurn, Task>? Of(string fault)
    {
        if (_scripts.TryGetValue(fault, out var script))
        {
            return script;
        }

        // "404", or "429, Retry-After: 2".
        var parts = fault.Split(", ");
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? turn => FailAsync(turn, status, parts[1..]) : null;
    }

    /// <summary>An error that the gateway reports itself.</summary>
    private static async Task FailAsync(GatewayTurn turn, int status, params string[] headers)
    {
        if (turn.IsDownload)
        {
            await turn.SendOwnAsync(status, "application/xml", "<Error><Message>No.</Message></Error>", headers);
            return;
        }

        await turn.SendWholeAsync(await turn.AskEmulatorAsync(EmulatorFault.WithStatus(status)), headers);
    }

    /// <summary>An error of somebody in between, who does not know that the work was done.</summary>
    private static async Task LoseAsync(GatewayTurn turn, int status)
    {
        await turn.AskEmulatorAsync();
        await turn.SendOwnAsync(status, "text/html", Page);
    }

    private static async Task SendHalfAsync(GatewayTurn turn, Func<GatewayResponse, string> framing)
    {
        var response = await turn.AskEmulatorAsync();
        await turn.SendAsync(response.Head(framing(response)));
        await turn.SendAsync(response.Half);
    }

    private static async Task SendSlowlyAsync(GatewayTurn turn)
    {
        var response = await turn.AskEmulatorAsync();
        await turn.SendAsync(response.Head($"Content-Length: {response.Body.Length}"));
        foreach (var piece in response.Body.Chunk((response.Body.Length / 4) + 1))
        {
            await turn.PassTimeAsync(TimeSpan.FromSeconds(30));
            await turn.SendAsync(piece);
        }

        turn.Close();
    }

    private static async Task SendByteAfterByteAsync(GatewayTurn turn)
    {
        var response = await turn.AskEmulatorAsync();

        // White space at its end does not change JSON, and makes every response long enough.
        var body = turn.IsDownload || response.IsEventStream ? response.Body : [.. response.Body, .. Encoding.ASCII.GetBytes(new string(' ', 1000))];
        await turn.SendAsync(response.Head($"Content-Length: {body.Length}"));
        for (var i = 0; i < body.Length; i++)
        {
            await turn.SendAsync(body.AsMemory(i, 1));
            if (!await turn.PassTimeAsync(TimeSpan.FromSeconds(1)))
            {
                return;
            }
        }

        turn.Close();
    }

    private static async Task SendForeverAsync(GatewayTurn turn)
    {
        var response = await turn.AskEmulatorAsync();
        await turn.SendAsync(response.Head("Connection: close"));
        if (turn.IsDownload)
        {
            await turn.SendAsync(response.Body);
        }
        else
        {
            await turn.SendAsync(response.IsEventStream ? "data: {\"id\":\"" : "{\"id\":\"");
        }

        await turn.SendForeverAsync(string.Concat(Enumerable.Repeat(EndlessPiece, 100)));
    }
}
