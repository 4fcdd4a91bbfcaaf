using System;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>The part of the control API that concerns accounts: their balances, limits and keys.</summary>
/// <param name="accounts">The accounts.</param>
internal sealed class ControlAccounts(Accounts accounts)
{
    private const int MaxAccounts = 10_000;

    /// <summary>The server rejects longer headers anyway.</summary>
    private const int MaxKey = 8192;

    /// <summary>An account as it is shown, with its key masked.</summary>
    public static JsonNode Describe(EmulatorAccount account) => new JsonObject
    {
        ["key"] = Masked(account.ApiKey),
        ["balance"] = account.Ledger.Balance,
        ["spent"] = account.Ledger.Spent,
        ["charges"] = account.Ledger.Count,
        ["requests_per_minute"] = account.Limits.RequestsPerMinute,
        ["concurrent_requests"] = account.Limits.ConcurrentRequests,
        ["tokens_per_minute"] = account.Limits.TokensPerMinute,
        ["expires_at"] = account.ExpiresAt?.ToString("O", CultureInfo.InvariantCulture),
    };

    /// <summary>Sets the balance of an account.</summary>
    public GatewayResponse SetBalance(ScriptNode body)
    {
        body.CheckMembers("credits", "key");
        var account = AccountOf(body);
        account.Ledger.SetBalance(Credits(body) ?? throw body.Error("must have credits"));

        return GatewayResponse.Json(Describe(account));
    }

    /// <summary>Sets the limits of an account: those of a tier, or its own.</summary>
    public GatewayResponse SetLimits(ScriptNode body)
    {
        body.CheckMembers(
            "tier", "requests_per_minute", "concurrent_requests", "tokens_per_minute", "sends_retry_after", "key");
        var account = AccountOf(body);
        var tier = TierOf(body);

        // All are read before any is set: a wrong one changes nothing.
        var perMinute = body.Integer("requests_per_minute", 1, int.MaxValue);
        var atOnce = body.Integer("concurrent_requests", 1, int.MaxValue);
        var tokens = body.Integer("tokens_per_minute", 1, int.MaxValue);
        var sendsRetryAfter = body.Boolean("sends_retry_after") ?? true;

        if (tier is { } named)
        {
            var ofTier = EmulatorLimits.Of(named);
            perMinute ??= ofTier.RequestsPerMinute;
            atOnce ??= ofTier.ConcurrentRequests;
        }

        account.Limits.Replace(perMinute, atOnce, tokens, sendsRetryAfter);

        return GatewayResponse.Json(Describe(account));
    }

    /// <summary>Sets when the key of an account expires.</summary>
    public GatewayResponse Change(ScriptNode body)
    {
        body.CheckMembers("key", "expires_at");
        var account = AccountOf(body);
        account.ExpiresAt = body.Instant("expires_at");

        return GatewayResponse.Json(Describe(account));
    }

    /// <summary>Adds an account.</summary>
    public GatewayResponse Add(ScriptNode body)
    {
        body.CheckMembers("key", "credits", "tier", "expires_at");
        var tier = TierOf(body);
        var expiresAt = body.Instant("expires_at");
        var key = body.Text("key") ?? throw body.Error("must have a key");
        if (!EmulatorAccount.IsUsableKey(key))
        {
            throw body.Member("key")!.Value.Error("must not be empty or hold white space or control characters");
        }

        if (key.Length > MaxKey)
        {
            throw body.Member("key")!.Value.Error(FormattableString.Invariant($"must have at most {MaxKey} characters"));
        }

        var credits = Credits(body) ?? 10m;
        if (accounts.All.Count >= MaxAccounts)
        {
            throw body.Error(FormattableString.Invariant($"would be one of more than {MaxAccounts} accounts"));
        }

        if (accounts.TryAdd(key, credits) is not { } account)
        {
            throw body.Member("key")!.Value.Error("belongs to an account that is there already");
        }

        account.ExpiresAt = expiresAt;
        if (tier is { } named)
        {
            account.Limits.Use(named);
        }

        return GatewayResponse.Json(Describe(account));
    }

    /// <summary>The account of a key; the first one without a key.</summary>
    public EmulatorAccount? Find(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return accounts.All[0];
        }

        return accounts.Find(key);
    }

    private EmulatorAccount AccountOf(ScriptNode body) =>
        Find(body.Text("key")) ?? throw body.Member("key")!.Value.Error("is not the key of an account");

    private static EmulatorTier? TierOf(ScriptNode body) => body.Text("tier") switch
    {
        null => null,
        "free" => EmulatorTier.Free,
        "standard" => EmulatorTier.Standard,
        "pro" => EmulatorTier.Pro,
        _ => throw body.Member("tier")!.Value.Error("must be free, standard or pro"),
    };

    private static decimal? Credits(ScriptNode body) =>
        body.Number("credits", -EmulatorBounds.MaxCredits, EmulatorBounds.MaxCredits);

    private static string Masked(string key)
    {
        if (key.Length < 8)
        {
            return "***";
        }

        return $"{key[..3]}***{key[^2..]}";
    }
}
