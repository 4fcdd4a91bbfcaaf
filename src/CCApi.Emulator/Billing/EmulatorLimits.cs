using System;
using System.Numerics;
using System.Threading;

namespace CCApi.Emulator;

/// <summary>The limits of one key. They can be changed while the emulator runs; thread-safe.</summary>
public sealed class EmulatorLimits
{
    private readonly Lock _gate = new();
    private int? _requestsPerMinute;
    private int? _concurrentRequests;
    private long? _tokensPerMinute;
    private bool _sendsRetryAfter = true;

    /// <summary>How many requests are allowed in any minute before the response is 429.</summary>
    /// <value>1 or more. The default is null: any number.</value>
    public int? RequestsPerMinute
    {
        get => Get(() => _requestsPerMinute);
        set => Set(ref _requestsPerMinute, AtLeastOne(value));
    }

    /// <summary>How many requests may be under way at once before the response is 429; a stream counts until it ends.</summary>
    /// <value>1 or more. The default is null: any number.</value>
    public int? ConcurrentRequests
    {
        get => Get(() => _concurrentRequests);
        set => Set(ref _concurrentRequests, AtLeastOne(value));
    }

    /// <summary>How many tokens, or characters of speech, may be used in any minute before the response is 429.</summary>
    /// <value>1 or more. The default is null: any number.</value>
    public long? TokensPerMinute
    {
        get => Get(() => _tokensPerMinute);
        set => Set(ref _tokensPerMinute, AtLeastOne(value));
    }

    /// <summary>Whether a 429 of these limits has a <c>Retry-After</c>.</summary>
    /// <value>The default is true.</value>
    public bool SendsRetryAfter
    {
        get => Get(() => _sendsRetryAfter);
        set => Set(ref _sendsRetryAfter, value);
    }

    /// <summary>
    /// Sets the limits of a tier of the service (documented): 30 requests a minute and 2 at once, 600 and 10, or 3,000 and 30.
    /// </summary>
    /// <param name="tier">The tier.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not one of the tiers.</exception>
    public void Use(EmulatorTier tier)
    {
        var (requestsPerMinute, concurrentRequests) = Of(tier);
        lock (_gate)
        {
            _requestsPerMinute = requestsPerMinute;
            _concurrentRequests = concurrentRequests;
        }
    }

    /// <summary>The limits of a tier.</summary>
    internal static (int RequestsPerMinute, int ConcurrentRequests) Of(EmulatorTier tier) => tier switch
    {
        EmulatorTier.Free => (30, 2),
        EmulatorTier.Standard => (600, 10),
        EmulatorTier.Pro => (3000, 30),
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, "It must be Free, Standard or Pro."),
    };

    /// <summary>Sets all limits at once: no request meets some of the old ones and some of the new ones.</summary>
    internal void Replace(int? requestsPerMinute, int? concurrentRequests, long? tokensPerMinute, bool sendsRetryAfter)
    {
        lock (_gate)
        {
            _requestsPerMinute = AtLeastOne(requestsPerMinute);
            _concurrentRequests = AtLeastOne(concurrentRequests);
            _tokensPerMinute = AtLeastOne(tokensPerMinute);
            _sendsRetryAfter = sendsRetryAfter;
        }
    }

    private static T? AtLeastOne<T>(T? value)
        where T : struct, INumber<T>
    {
        if (value < T.One)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A limit must be 1 or more, or null for none.");
        }

        return value;
    }

    private T Get<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Set<T>(ref T field, T value)
    {
        lock (_gate)
        {
            field = value;
        }
    }
}
