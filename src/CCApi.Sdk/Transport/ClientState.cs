using System;
using System.Threading;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk;

/// <summary>
/// What the calls of one client share: its options and keys, the models that failed or were listed, the costs, and its end.
/// Thread-safe.
/// </summary>
internal sealed class ClientState : IDisposable
{
    private readonly CancellationTokenSource _closed = new();

    /// <param name="options">Validated options that nobody else changes.</param>
    public ClientState(CCApiClientOptions options)
    {
        Options = options;
        BaseAddress = RequestUri.Normalize(options.BaseAddress);
        Authentication = new Authentication(options);
        Logger = SafeLogger.Create(options.LoggerFactory);
        var prices = new PriceRetrieval(options.TimeProvider, CCApiDefaults.CatalogMaxAge, CCApiDefaults.CatalogRetryDelay);
        Costs = new CostAccounting(options.CreditValue, prices, options.RetrieveCatalogForCosts);
    }

    public CCApiClientOptions Options { get; }

    /// <summary>The normalized base address.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The keys.</summary>
    public Authentication Authentication { get; }

    public ILogger Logger { get; }

    /// <summary>What the calls cost.</summary>
    public CostAccounting Costs { get; }

    /// <summary>The models that are cooling down.</summary>
    public FailoverMemory FailoverMemory { get; } = new();

    /// <summary>The models that the client has listed.</summary>
    public SeenModels SeenModels { get; } = new();

    /// <summary>Is canceled when the client is disposed.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public void ThrowIfClosed()
    {
        if (_closed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(ProductName.Client);
        }
    }

    /// <summary>Ends every call under way.</summary>
    /// <remarks>
    /// The source is not disposed: calls that end at this moment still look at its token, and it holds nothing but memory.
    /// </remarks>
    public void Dispose() => _closed.Cancel();
}
