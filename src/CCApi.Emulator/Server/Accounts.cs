using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Charges requests, once per <c>Idempotency-Key</c>, and counts them against the rate limit.</summary>
internal sealed class Accounts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string BodyHash, int Charge)> _byKey = [];
    private readonly Queue<DateTimeOffset> _lastMinute = [];
    private readonly EmulatorLedger _ledger;
    private readonly int? _requestsPerMinute;

    public Accounts(EmulatorLedger ledger, int? requestsPerMinute)
    {
        _ledger = ledger;
        _requestsPerMinute = requestsPerMinute;
    }

    /// <summary>Counts a request and tells the limits in headers; the answer when there were too many, else null.</summary>
    public Reply? Admit(DateTimeOffset now, IHeaderDictionary headers)
    {
        if (_requestsPerMinute is not { } limit)
        {
            return null;
        }

        lock (_gate)
        {
            while (_lastMinute.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromMinutes(1))
            {
                _lastMinute.Dequeue();
            }

            var isAllowed = _lastMinute.Count < limit;
            if (isAllowed)
            {
                _lastMinute.Enqueue(now);
            }

            var wait = TimeSpan.FromMinutes(1) - (now - _lastMinute.Peek());
            headers["x-ratelimit-limit-requests"] = limit.ToString(CultureInfo.InvariantCulture);
            headers["x-ratelimit-remaining-requests"] = (limit - _lastMinute.Count).ToString(CultureInfo.InvariantCulture);
            headers["x-ratelimit-reset-requests"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds)}s");
            return isAllowed ? null : Reply.Error(429, $"More than {limit} requests in a minute.", "rate_limit_error", "rate_limit_exceeded", retryAfter: wait);
        }
    }

    /// <summary>Charges a request; the answer when that is not possible, else null.</summary>
    public Reply? Charge(Exchange exchange, string model, decimal credits)
    {
        lock (_gate)
        {
            if (exchange.IdempotencyKey is { } key && _byKey.TryGetValue(key, out var before))
            {
                if (before.BodyHash != exchange.BodyHash)
                {
                    return Reply.Error(400, "This Idempotency-Key came with another body before.", "invalid_request_error", "invalid_request", "Idempotency-Key");
                }

                if (!_ledger.IsRefunded(before.Charge))
                {
                    exchange.Charge = before.Charge;
                    return null;
                }
            }

            exchange.Charge = _ledger.TryCharge(exchange.Now, exchange.Operation, model, credits, exchange.IdempotencyKey);
            if (exchange.Charge is not { } charge)
            {
                return Reply.Error(402, "Insufficient balance", "billing_error", "insufficient_funds");
            }

            if (exchange.IdempotencyKey is { } newKey)
            {
                _byKey[newKey] = (exchange.BodyHash, charge);
            }

            return null;
        }
    }
}
