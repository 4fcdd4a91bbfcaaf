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

    /// <summary>Counts a request and writes the limits into headers. Returns the error when there were too many, else null.</summary>
    public GatewayResponse? Admit(DateTimeOffset now, IHeaderDictionary headers)
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
            return isAllowed ? null : GatewayResponse.Error(429, $"More than {limit} requests in a minute.", "rate_limit_error", "rate_limit_exceeded", retryAfter: wait);
        }
    }

    /// <summary>Charges a request. Returns the error when that is not possible, else null.</summary>
    public GatewayResponse? Charge(GatewayRequest request, string model, decimal credits)
    {
        lock (_gate)
        {
            if (request.IdempotencyKey is { } key && _byKey.TryGetValue(key, out var before))
            {
                if (before.BodyHash != request.BodyHash)
                {
                    return GatewayResponse.Error(400, "This Idempotency-Key came with another body before.", "invalid_request_error", "invalid_request", "Idempotency-Key");
                }

                if (!_ledger.IsRefunded(before.Charge))
                {
                    request.Charge = before.Charge;
                    return null;
                }
            }

            request.Charge = _ledger.TryCharge(request.Now, request.Operation, model, credits, request.IdempotencyKey);
            if (request.Charge is not { } charge)
            {
                return GatewayResponse.Error(402, "Insufficient balance", "billing_error", "insufficient_funds");
            }

            if (request.IdempotencyKey is { } newKey)
            {
                _byKey[newKey] = (request.BodyHash, charge);
            }

            return null;
        }
    }
}
