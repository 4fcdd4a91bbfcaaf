using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Counts the requests of one key against its limits. Thread-safe.</summary>
internal sealed class RequestLimiter(EmulatorLimits limits)
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Queue<DateTimeOffset> _requests = new();
    private readonly Queue<(DateTimeOffset Time, long Tokens)> _tokens = new();
    private long _tokensInWindow;
    private int _underWay;

    /// <summary>
    /// Counts a request and writes the limits into headers. Returns the error when a limit is reached; else <see cref="Release"/>
    /// must follow.
    /// </summary>
    public AccountRejection? Admit(DateTimeOffset now, IHeaderDictionary headers)
    {
        lock (_gate)
        {
            Forget(now);
            if (Rejection(now) is { } rejection)
            {
                WriteHeaders(now, headers);
                return rejection;
            }

            _underWay++;
            if (limits.RequestsPerMinute is not null)
            {
                _requests.Enqueue(now);
            }

            WriteHeaders(now, headers);

            return null;
        }
    }

    /// <summary>Ends a request that was admitted.</summary>
    /// <param name="now">The time of its end.</param>
    /// <param name="tokens">The tokens that it used.</param>
    public void Release(DateTimeOffset now, long tokens)
    {
        lock (_gate)
        {
            _underWay--;
            if (tokens > 0 && limits.TokensPerMinute is not null)
            {
                _tokens.Enqueue((now, tokens));
                _tokensInWindow += tokens;
            }
        }
    }

    /// <summary>Forgets what was counted in the last minute; requests under way still count.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _tokens.Clear();
            _tokensInWindow = 0;
        }
    }

    private AccountRejection? Rejection(DateTimeOffset now)
    {
        if (limits.RequestsPerMinute is { } perMinute && _requests.Count >= perMinute)
        {
            return TooMany($"More than {perMinute} requests in a minute.", _window - (now - _requests.Peek()));
        }

        if (limits.ConcurrentRequests is { } atOnce && _underWay >= atOnce)
        {
            return TooMany($"More than {atOnce} requests at once.", TimeSpan.FromSeconds(1));
        }

        if (limits.TokensPerMinute is { } tokens && _tokensInWindow >= tokens)
        {
            return TooMany($"More than {tokens} tokens in a minute.", _window - (now - _tokens.Peek().Time));
        }

        return null;
    }

    private AccountRejection TooMany(string message, TimeSpan wait) =>
        new(
            429,
            message,
            "rate_limit_error",
            "rate_limit_exceeded",
            RetryAfter: limits.SendsRetryAfter ? wait : null);

    private void Forget(DateTimeOffset now)
    {
        while (_requests.TryPeek(out var oldest) && now - oldest >= _window)
        {
            _requests.Dequeue();
        }

        while (_tokens.TryPeek(out var oldest) && now - oldest.Time >= _window)
        {
            _tokensInWindow -= _tokens.Dequeue().Tokens;
        }
    }

    private void WriteHeaders(DateTimeOffset now, IHeaderDictionary headers)
    {
        if (limits.RequestsPerMinute is { } perMinute)
        {
            var oldest = _requests.TryPeek(out var first) ? first : now;
            var reset = _window - (now - oldest);
            Write(headers, "requests", perMinute, Math.Max(0, perMinute - _requests.Count), reset);
        }

        if (limits.TokensPerMinute is { } tokens)
        {
            var oldest = _tokens.TryPeek(out var first) ? first.Time : now;
            var reset = _window - (now - oldest);
            Write(headers, "tokens", tokens, Math.Max(0, tokens - _tokensInWindow), reset);
        }
    }

    private static void Write(
        IHeaderDictionary headers, string what, long limit, long remaining, TimeSpan reset)
    {
        headers[$"x-ratelimit-limit-{what}"] = limit.ToString(CultureInfo.InvariantCulture);
        headers[$"x-ratelimit-remaining-{what}"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers[$"x-ratelimit-reset-{what}"] = string.Create(
            CultureInfo.InvariantCulture, $"{Math.Ceiling(reset.TotalSeconds)}s");
    }
}
