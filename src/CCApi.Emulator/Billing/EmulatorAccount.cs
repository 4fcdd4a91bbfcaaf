using System;
using System.Linq;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>A key that the emulator accepts, with its credits and limits. Thread-safe.</summary>
public sealed class EmulatorAccount
{
    private readonly Lock _gate = new();
    private DateTimeOffset? _expiresAt;

    internal EmulatorAccount(string apiKey, decimal credits, int maxCharges)
    {
        ApiKey = apiKey;
        Ledger = new EmulatorLedger(credits, maxCharges);
        Limiter = new RequestLimiter(Limits);
    }

    /// <summary>The key.</summary>
    public string ApiKey { get; }

    /// <summary>What it was charged and refunded.</summary>
    public EmulatorLedger Ledger { get; }

    /// <summary>Its limits.</summary>
    public EmulatorLimits Limits { get; } = new();

    /// <summary>When the key expires, by the emulator's clock; then the response is 401.</summary>
    /// <value>The default is null: never.</value>
    public DateTimeOffset? ExpiresAt
    {
        get
        {
            lock (_gate)
            {
                return _expiresAt;
            }
        }

        set
        {
            lock (_gate)
            {
                _expiresAt = value;
            }
        }
    }

    internal RequestLimiter Limiter { get; }

    /// <summary>Whether a key can be sent in a header and read again.</summary>
    internal static bool IsUsableKey(string? key) =>
        !string.IsNullOrEmpty(key) && !key.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));
}
