using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>
/// The accounts. Each charges a request with an <c>Idempotency-Key</c> once, and again only after that charge was refunded. Thread-safe.
/// </summary>
internal sealed class Accounts
{
    /// <summary>How many idempotency keys it remembers, in all.</summary>
    public const int MaxIdempotencyKeys = 100_000;

    private static readonly AccountRejection _otherBody =
        new(
            400,
            "This Idempotency-Key was used with another body before.",
            "invalid_request_error",
            "invalid_request",
            "Idempotency-Key");

    private static readonly AccountRejection _noBalance = new(
        402, "Insufficient balance", "billing_error", "insufficient_funds");

    private readonly int _maxCharges;
    private readonly Lock _gate = new();
    private readonly List<EmulatorAccount> _accounts = [];
    private readonly Dictionary<(EmulatorAccount Account, string Key), (string BodyHash, int Charge)> _charges = [];
    private readonly Queue<(EmulatorAccount Account, string Key)> _order = new();

    /// <summary>Initializes without an account.</summary>
    /// <param name="maxCharges">How many charges the ledger of each account keeps.</param>
    public Accounts(int maxCharges) => _maxCharges = maxCharges;

    public IReadOnlyList<EmulatorAccount> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts];
            }
        }
    }

    /// <summary>Forgets all charges and rates, and sets the credits of each account.</summary>
    public void Reset(decimal credits)
    {
        lock (_gate)
        {
            _charges.Clear();
            _order.Clear();

            foreach (var account in _accounts)
            {
                account.Ledger.Reset(credits);
                account.Limiter.Clear();
            }
        }
    }

    /// <exception cref="ArgumentException">The key has an account already.</exception>
    public EmulatorAccount Add(string apiKey, decimal credits) =>
        TryAdd(apiKey, credits) ?? throw new ArgumentException("There is an account with this key already.", nameof(apiKey));

    /// <summary>Adds an account; null when the key has one already.</summary>
    public EmulatorAccount? TryAdd(string apiKey, decimal credits)
    {
        var account = new EmulatorAccount(apiKey, credits, _maxCharges);
        lock (_gate)
        {
            if (_accounts.Exists(known => known.ApiKey == apiKey))
            {
                return null;
            }

            _accounts.Add(account);
        }

        return account;
    }

    /// <summary>
    /// The account of a key, in a time that does not reveal how much of it matches; null when no account has it.
    /// </summary>
    public EmulatorAccount? Find(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        EmulatorAccount? found = null;

        foreach (var account in All)
        {
            var isMatch = CryptographicOperations.FixedTimeEquals(bytes, Encoding.UTF8.GetBytes(account.ApiKey));
            found = isMatch ? account : found;
        }

        return found;
    }

    /// <summary>Charges a request, once per idempotency key. Returns the number of the charge, or why there is none.</summary>
    public (int? Charge, AccountRejection? Rejection) Charge(EmulatorAccount account, ChargeRequest request)
    {
        lock (_gate)
        {
            var key = (account, request.IdempotencyKey ?? string.Empty);
            if (request.IdempotencyKey is not null && _charges.TryGetValue(key, out var before))
            {
                if (before.BodyHash != request.BodyHash)
                {
                    return (null, _otherBody);
                }

                if (!account.Ledger.IsRefunded(before.Charge))
                {
                    return (before.Charge, null);
                }
            }

            var charge = account.Ledger.TryCharge(request);
            if (charge is { } number && request.IdempotencyKey is not null)
            {
                Remember(key, request.BodyHash, number);
            }

            if (charge is null)
            {
                return (null, _noBalance);
            }

            return (charge, null);
        }
    }

    private void Remember((EmulatorAccount Account, string Key) key, string bodyHash, int charge)
    {
        if (!_charges.ContainsKey(key))
        {
            _order.Enqueue(key);
        }

        _charges[key] = (bodyHash, charge);

        while (_charges.Count > MaxIdempotencyKeys)
        {
            _charges.Remove(_order.Dequeue());
        }
    }
}
