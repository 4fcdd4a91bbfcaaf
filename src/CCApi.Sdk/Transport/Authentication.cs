using System;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk;

/// <summary>Knows the <c>Authorization</c> header of each attempt. The header's text is made once per key.</summary>
internal sealed class Authentication
{
    private readonly Func<CancellationToken, ValueTask<string>>? _provider;
    private readonly string? _apiKey;
    private Bearer? _last;

    public Authentication(CCApiClientOptions options)
    {
        _provider = options.ApiKeyProvider;
        _apiKey = options.ApiKey;
    }

    /// <summary>Whether a key that was refused may have been replaced since: only a provider can know.</summary>
    public bool CanRenew(string? callKey) => _provider is not null && callKey is null;

    /// <summary>The key to use now and its header. The key is asked for each time, so that it can rotate.</summary>
    /// <exception cref="CCApiUnauthorizedException">The provider failed, or gave no usable key.</exception>
    public async ValueTask<Bearer> GetAsync(string? callKey, CancellationToken cancellationToken)
    {
        if (callKey is not null)
        {
            return new Bearer(callKey);
        }

        var key = _provider is null ? _apiKey! : await AskAsync(_provider, cancellationToken).ConfigureAwait(false);
        var last = Volatile.Read(ref _last);
        if (last is not null && last.Key == key)
        {
            return last;
        }

        if (OptionsValidation.KeyProblem(key) is { } problem)
        {
            throw new CCApiUnauthorizedException($"ApiKeyProvider gave a key that cannot be sent: {problem}.");
        }

        var bearer = new Bearer(key);
        Volatile.Write(ref _last, bearer);
        return bearer;
    }

    private static async ValueTask<string> AskAsync(Func<CancellationToken, ValueTask<string>> provider, CancellationToken cancellationToken)
    {
        try
        {
            return await provider(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, even a failed connection of the provider's own, it is nothing that happened to the request.
            throw new CCApiUnauthorizedException($"ApiKeyProvider failed with a {exception.GetType().Name}: see the inner exception.", exception);
        }
    }

    /// <summary>A key and the header that carries it.</summary>
    public sealed class Bearer
    {
        public Bearer(string key)
        {
            Key = key;
            Header = "Bearer " + key;
        }

        public string Key { get; }

        public string Header { get; }
    }
}
