using System;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class CallSettingsTests
{
    private static readonly TimeSpan _ofClient = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _ofCall = TimeSpan.FromSeconds(2);

    private readonly CCApiClientOptions _client = new()
    {
        ApiKey = "sk-client",
        Timeouts = { Total = _ofClient, Attempt = _ofClient, FirstChunk = _ofClient, NextChunk = _ofClient, Idle = _ofClient },
        Retry = { MaxRetries = 1, RetryPossiblyCharged = true },
    };

    [Fact]
    public void Get_WithoutACall_IsTheClients()
    {
        var settings = new CallSettings(_client, call: null);

        Assert.Equal((1, true, false), (settings.MaxRetries, settings.RetryPossiblyCharged, settings.IsInstrumentedByCaller));
        Assert.Equal([_ofClient, _ofClient, _ofClient, _ofClient, _ofClient], Timeouts(settings));
        Assert.Equal((null, "sk-client", null, null), (settings.ApiKey, settings.KeyIdentity, settings.IdempotencyKey, settings.FailoverModels));
        Assert.Null(settings.ClaimIdempotencyKey("request"));
    }

    [Fact]
    public void Get_WithACall_IsTheCalls()
    {
        var settings = new CallSettings(_client, new CCApiRequestOptions
        {
            ApiKey = "sk-call",
            IdempotencyKey = "key-1",
            FailoverModels = ["n"],
            MaxRetries = 0,
            RetryPossiblyCharged = false,
            Total = _ofCall,
            Attempt = _ofCall,
            FirstChunk = _ofCall,
            NextChunk = _ofCall,
            Idle = _ofCall,
        });

        Assert.Equal((0, false), (settings.MaxRetries, settings.RetryPossiblyCharged));
        Assert.Equal([_ofCall, _ofCall, _ofCall, _ofCall, _ofCall], Timeouts(settings));
        Assert.Equal(("sk-call", "sk-call", "key-1"), (settings.ApiKey, settings.KeyIdentity, settings.IdempotencyKey));
        Assert.Equal(["n"], settings.FailoverModels!);
        Assert.Equal("key-1", settings.ClaimIdempotencyKey("request"));
    }

    [Fact]
    public void KeyIdentity_OfAClientWithAProvider_IsKnownOfCallsWithAKeyOnly()
    {
        _client.ApiKeyProvider = _ => new("sk-provided");

        Assert.Null(new CallSettings(_client, call: null).KeyIdentity);
        Assert.Equal("sk-call", new CallSettings(_client, new CCApiRequestOptions { ApiKey = "sk-call" }).KeyIdentity);
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.Total)]
    [InlineData(CCApiTimeoutKind.Attempt)]
    [InlineData(CCApiTimeoutKind.FirstChunk)]
    [InlineData(CCApiTimeoutKind.NextChunk)]
    [InlineData(CCApiTimeoutKind.Idle)]
    [InlineData(CCApiTimeoutKind.Connect)]
    public void HasOwnTimeout_OfAKind_IsWhetherTheCallSetsIt(CCApiTimeoutKind kind)
    {
        CCApiTimeoutKind[] all = [CCApiTimeoutKind.Total, CCApiTimeoutKind.Attempt, CCApiTimeoutKind.FirstChunk, CCApiTimeoutKind.NextChunk, CCApiTimeoutKind.Idle];
        var options = new CCApiRequestOptions();
        switch (kind)
        {
            case CCApiTimeoutKind.Total: options.Total = _ofCall; break;
            case CCApiTimeoutKind.Attempt: options.Attempt = _ofCall; break;
            case CCApiTimeoutKind.FirstChunk: options.FirstChunk = _ofCall; break;
            case CCApiTimeoutKind.NextChunk: options.NextChunk = _ofCall; break;
            case CCApiTimeoutKind.Idle: options.Idle = _ofCall; break;
        }

        var settings = new CallSettings(_client, options);

        Assert.Equal(Array.FindAll(all, other => other == kind), Array.FindAll(all, settings.HasOwnTimeout));
        Assert.False(settings.HasOwnTimeout(CCApiTimeoutKind.Connect));
        Assert.False(new CallSettings(_client, call: null).HasOwnTimeout(kind));
    }

    private static TimeSpan[] Timeouts(CallSettings settings) =>
        [settings.Total, settings.Attempt, settings.FirstChunk, settings.NextChunk, settings.Idle];
}
