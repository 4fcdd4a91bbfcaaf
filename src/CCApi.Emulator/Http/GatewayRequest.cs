using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>One request, as the operations see it.</summary>
internal sealed class GatewayRequest
{
    private const string ScopeHeader = "X-CCApi-Scope";

    private const int MaxScope = 256;

    /// <summary>A hundred thousand keys are remembered.</summary>
    private const int MaxKey = 1024;

    private readonly HttpContext _context;

    public GatewayRequest(
        HttpContext context,
        EmulatorAccount account,
        long number,
        string operation,
        JsonObject body,
        byte[] rawBody,
        DateTimeOffset now)
    {
        _context = context;
        Account = account;
        Number = number;
        Operation = operation;
        Body = body;
        BodyHash = Convert.ToHexString(SHA256.HashData(rawBody));
        Now = now;
    }

    /// <summary>Whose key it came with.</summary>
    public EmulatorAccount Account { get; }

    public EmulatorLedger Ledger => Account.Ledger;

    /// <summary>The tokens, or characters of speech, that it used.</summary>
    public long Tokens { get; set; }

    /// <summary>Its position among all requests, from 1.</summary>
    public long Number { get; }

    /// <summary>The operation, such as <c>POST /chat/completions</c>.</summary>
    public string Operation { get; }

    public JsonObject Body { get; }

    public string BodyHash { get; }

    public DateTimeOffset Now { get; }

    public string? IdempotencyKey
    {
        get
        {
            if (_context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 } key, ..])
            {
                return key;
            }

            return null;
        }
    }

    /// <summary>The part of the program that it is for, so that tests can sum by it; a longer text than this is not one.</summary>
    public string? Scope
    {
        get
        {
            if (_context.Request.Headers[ScopeHeader] is [{ Length: > 0 and <= MaxScope } scope, ..])
            {
                return scope;
            }

            return null;
        }
    }

    /// <summary>The fault that a script gives to the job that this request starts.</summary>
    public EmulatorFault? JobFault { get; set; }

    /// <summary>The entry of the ledger that this request was charged with.</summary>
    public int? Charge { get; set; }

    /// <summary>The credits that it was charged; null when it was not.</summary>
    public decimal? Charged
    {
        get
        {
            if (Charge is { } charge)
            {
                return Ledger.CreditsOf(charge);
            }

            return null;
        }
    }

    /// <summary>The model that served it.</summary>
    public string? Model { get; set; }

    public bool HasQuery => _context.Request.QueryString.HasValue;

    public string? Query(string name)
    {
        if (_context.Request.Query[name] is [{ Length: > 0 } value, ..])
        {
            return value;
        }

        return null;
    }

    /// <summary>Charges it. Returns the error when that is not possible, else null.</summary>
    public GatewayResponse? TryCharge(Accounts accounts, string model, decimal credits)
    {
        if (IdempotencyKey?.Length > MaxKey)
        {
            return GatewayErrors.Invalid(
                FormattableString.Invariant($"Idempotency-Key must have at most {MaxKey} characters."), "Idempotency-Key");
        }

        var (charge, rejection) = accounts.Charge(
            Account, new ChargeRequest(Now, Operation, model, credits, IdempotencyKey, BodyHash, Scope));
        Charge = charge;
        if (rejection is null)
        {
            return null;
        }

        return GatewayErrors.From(rejection);
    }

    /// <summary>Refunds what it was charged, if it was.</summary>
    public void Refund()
    {
        if (Charge is { } charge)
        {
            Ledger.Refund(charge);
        }
    }

    /// <summary>A number that is the same for the same seed and text.</summary>
    public static uint Hash(int seed, string text)
    {
        // FNV-1a: stable across processes, which string.GetHashCode is not.
        var hash = 2166136261u ^ (uint)seed;
        foreach (var character in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ character) * 16777619u;
        }

        return hash;
    }
}
