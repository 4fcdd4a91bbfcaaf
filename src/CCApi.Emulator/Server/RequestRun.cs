using System;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>One request on its way through the gateway.</summary>
internal sealed class RequestRun(HttpContext context, long number)
{
    private bool _isReleased;

    public HttpContext Context { get; } = context;

    /// <summary>Its position among all requests, from 1.</summary>
    public long Number { get; } = number;

    /// <summary>When it was received, by the emulator's clock.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>How it is recorded; null for requests that are not for the API.</summary>
    public ReceivedRequest? Received { get; set; }

    /// <summary>The account that admitted it; null when none did.</summary>
    public EmulatorAccount? Account { get; set; }

    /// <summary>How operations see it; null until its body was read.</summary>
    public GatewayRequest? Request { get; set; }

    /// <summary>Whether the emulator closed the connection on purpose.</summary>
    public bool WasReset { get; set; }

    public bool ClientHungUp { get; set; }

    /// <summary>
    /// Ends its place among the requests under way: before its last byte is sent, because the client may send the next one then.
    /// </summary>
    public void Release(DateTimeOffset now)
    {
        if (_isReleased)
        {
            return;
        }

        _isReleased = true;
        Account?.Limiter.Release(now, Request?.Tokens ?? 0);
    }
}
