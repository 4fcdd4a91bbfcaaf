using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Provides the <c>Authorization</c> header of each attempt. Its text is created once per key.</summary>
internal sealed class Authentication
{
    private readonly Func<CancellationToken, ValueTask<string>>? _provider;
    private readonly string? _apiKey;
    private readonly object _gate = new();
    private KeyRedaction _redaction;
    private Bearer? _last;
    private Bearer? _lastOfCall;

    public Authentication(CCApiClientOptions options)
    {
        _provider = options.ApiKeyProvider;
        _apiKey = options.ApiKey;
        _redaction = new KeyRedaction(options.ApiKey);
    }

    /// <summary>Masks the key of a call, and every key of the client until now.</summary>
    public KeyRedaction RedactionOf(string? callKey)
    {
        if (callKey is null)
        {
            return Volatile.Read(ref _redaction);
        }

        return OfCall(callKey).Redaction;
    }

    /// <summary>The client's key that was sent last; null for none.</summary>
    public string? LastKey => Volatile.Read(ref _last)?.Key;

    /// <summary>Whether a key that was rejected may have been replaced since, which only a provider can do.</summary>
    public bool CanRenew(string? callKey) => _provider is not null && callKey is null;

    /// <summary>The current key of a call and its header, within the budgets of the call.</summary>
    /// <exception cref="CallFailureException">The provider failed, or returned no usable key.</exception>
    public ValueTask<Bearer> GetAsync(ApiCall call) => GetAsync(call.Settings.ApiKey, call.Clock.Token);

    /// <summary>The current key and its header. The provider is called each time, so that keys can rotate.</summary>
    /// <exception cref="CallFailureException">The provider failed, or returned no usable key.</exception>
    public ValueTask<Bearer> GetAsync(string? callKey, CancellationToken cancellationToken)
    {
        if (callKey is not null)
        {
            return new ValueTask<Bearer>(OfCall(callKey));
        }

        if (_provider is null)
        {
            return new ValueTask<Bearer>(OfClient(_apiKey!));
        }

        return OfProviderAsync(_provider, cancellationToken);
    }

    private async ValueTask<Bearer> OfProviderAsync(
        Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken) =>
        OfClient(await ProvideAsync(provider, cancellationToken).ConfigureAwait(false));

    private Bearer OfClient(string key)
    {
        var last = Volatile.Read(ref _last);
        if (last is not null && last.Key == key)
        {
            return last;
        }

        if (OptionsValidation.KeyProblem(key) is { } problem)
        {
            throw new CallFailureException(CallFailure.ApiKey($"ApiKeyProvider returned a key that cannot be sent: {problem}."));
        }

        lock (_gate)
        {
            _redaction = _redaction.With(key);
            var bearer = new Bearer(key, _redaction);
            Volatile.Write(ref _last, bearer);

            return bearer;
        }
    }

    /// <remarks>Only the last one is kept: keys of calls may be those of many tenants.</remarks>
    private Bearer OfCall(string key)
    {
        var redaction = Volatile.Read(ref _redaction);
        var last = Volatile.Read(ref _lastOfCall);
        var isSame = last?.Key == key && last.Base == redaction;
        if (isSame)
        {
            return last!;
        }

        last = new Bearer(key, redaction.With(key)) { Base = redaction };
        Volatile.Write(ref _lastOfCall, last);

        return last;
    }

    private static async ValueTask<string> ProvideAsync(
        Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        try
        {
            // A provider may ignore its token, or block its thread; the call must end in time all the same.
            var pending = Task.Run(() => provider(cancellationToken).AsTask(), CancellationToken.None);

            return await pending.OrCanceled(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("ApiKeyProvider was canceled.", exception, cancellationToken);
        }
        catch (Exception exception)
        {
            // Whatever it is, even a failed connection of the provider's own, it did not happen to the request.
            throw new CallFailureException(
                CallFailure.ApiKey($"ApiKeyProvider failed with a {exception.GetType().Name}: see the inner exception.", exception));
        }
    }

    /// <summary>A key and the header that carries it.</summary>
    public sealed class Bearer
    {
        public Bearer(string key, KeyRedaction redaction)
        {
            Key = key;
            Redaction = redaction;
            Header = "Bearer " + key;
        }

        public string Key { get; }

        public string Header { get; }

        /// <summary>Masks the key and those before it.</summary>
        public KeyRedaction Redaction { get; }

        /// <summary>What the redaction of a call's key was made from.</summary>
        public KeyRedaction? Base { get; init; }
    }
}
