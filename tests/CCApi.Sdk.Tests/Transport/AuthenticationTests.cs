using System;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class AuthenticationTests
{
    [Fact]
    public async Task GetAsync_OfAKey_IsItsBearerHeader()
    {
        var authentication = new Authentication(new CCApiClientOptions { ApiKey = "sk-a" });

        var bearer = await authentication.GetAsync(callKey: null, CancellationToken.None);

        Assert.Equal("sk-a", bearer.Key);
        Assert.Equal("Bearer sk-a", bearer.Header);
    }

    [Fact]
    public async Task GetAsync_WhileTheKeyIsTheSame_MakesOneHeader()
    {
        var authentication = new Authentication(new CCApiClientOptions { ApiKeyProvider = _ => new("sk-" + "a") });

        var first = await authentication.GetAsync(callKey: null, CancellationToken.None);
        var second = await authentication.GetAsync(callKey: null, CancellationToken.None);

        Assert.Same(first.Header, second.Header);
    }

    [Fact]
    public async Task GetAsync_OfAProvider_AsksEachTime()
    {
        var asked = 0;
        var authentication = new Authentication(new CCApiClientOptions { ApiKey = "sk-option", ApiKeyProvider = _ => new($"sk-{++asked}") });

        var first = await authentication.GetAsync(callKey: null, CancellationToken.None);
        var second = await authentication.GetAsync(callKey: null, CancellationToken.None);

        Assert.Equal("Bearer sk-1", first.Header);
        Assert.Equal("Bearer sk-2", second.Header);
    }

    [Fact]
    public async Task RedactionOf_AfterARotation_MasksEveryKey()
    {
        var count = 0;
        var authentication = new Authentication(new CCApiClientOptions { ApiKey = "sk-of-the-options", ApiKeyProvider = _ => new($"sk-number-{++count}") });
        await authentication.GetAsync(callKey: null, CancellationToken.None);

        var second = await authentication.GetAsync(callKey: null, CancellationToken.None);
        var ofCall = await authentication.GetAsync("sk-of-the-call", CancellationToken.None);

        Assert.Equal("*** *** ***", second.Redaction.Apply("sk-of-the-options sk-number-1 sk-number-2"));
        Assert.Same(second.Redaction, authentication.RedactionOf(callKey: null));
        Assert.Equal("*** *** *** ***", ofCall.Redaction.Apply("sk-of-the-options sk-number-1 sk-number-2 sk-of-the-call"));
        Assert.Same(ofCall.Redaction, authentication.RedactionOf("sk-of-the-call"));
    }

    [Fact]
    public async Task RedactionOf_ACallAfterARotation_MasksTheNewKeyToo()
    {
        var count = 0;
        var authentication = new Authentication(new CCApiClientOptions { ApiKeyProvider = _ => new($"sk-number-{++count}") });
        authentication.RedactionOf("sk-of-the-call");

        await authentication.GetAsync(callKey: null, CancellationToken.None);

        Assert.Equal("*** ***", authentication.RedactionOf("sk-of-the-call").Apply("sk-of-the-call sk-number-1"));
    }

    [Fact]
    public async Task GetAsync_OfACallsKey_DoesNotAskAndIsNotKept()
    {
        var asked = 0;
        var authentication = new Authentication(new CCApiClientOptions { ApiKeyProvider = _ => new($"sk-{++asked}") });

        var ofCall = await authentication.GetAsync("sk-call", CancellationToken.None);
        var next = await authentication.GetAsync(callKey: null, CancellationToken.None);

        Assert.Equal("Bearer sk-call", ofCall.Header);
        Assert.Equal("Bearer sk-1", next.Header);
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "sk-call", false)]
    [InlineData(false, null, false)]
    [InlineData(false, "sk-call", false)]
    public void CanRenew_OfAKey_IsForThoseOfAProvider(bool hasProvider, string? callKey, bool expected)
    {
        var authentication = new Authentication(new CCApiClientOptions { ApiKey = "sk-a", ApiKeyProvider = hasProvider ? _ => new("sk-b") : null });

        var canRenew = authentication.CanRenew(callKey);

        Assert.Equal(expected, canRenew);
    }

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData("", "it is empty")]
    [InlineData("sk-secret\r\n", "it holds white space, a line break or a character that a header cannot carry; copy it again")]
    public async Task GetAsync_OfAProviderWithABadKey_SaysWhyWithoutIt(string? key, string why)
    {
        var authentication = new Authentication(new CCApiClientOptions { ApiKeyProvider = _ => new(key!) });

        var exception = await Assert.ThrowsAsync<CallFailureException>(async () => await authentication.GetAsync(callKey: null, CancellationToken.None));

        Assert.Equal($"ApiKeyProvider returned a key that cannot be sent: {why}.", exception.Message);
    }

    [Fact]
    public async Task GetAsync_OfAProviderThatFails_IsAnErrorOfTheSdk()
    {
        var cause = new System.IO.FileNotFoundException("no sk-secret here");
        var authentication = new Authentication(new CCApiClientOptions { ApiKeyProvider = _ => throw cause });

        var exception = await Assert.ThrowsAsync<CallFailureException>(async () => await authentication.GetAsync(callKey: null, CancellationToken.None));

        Assert.Equal("ApiKeyProvider failed with a FileNotFoundException: see the inner exception.", exception.Message);
        Assert.Same(cause, exception.InnerException);
    }

    [Fact]
    public async Task GetAsync_OfAProviderThatIgnoresItsToken_EndsInTime()
    {
        using var source = new CancellationTokenSource();
        var never = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var authentication = new Authentication(new CCApiClientOptions { ApiKeyProvider = _ => new(never.Task) });

        var pending = authentication.GetAsync(callKey: null, source.Token).AsTask();
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(pending));
    }

    [Fact]
    public async Task GetAsync_OfAProviderThatIsCanceled_IsACancellation()
    {
        using var source = new CancellationTokenSource();
        var authentication = new Authentication(new CCApiClientOptions
        {
            ApiKeyProvider = async token =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return "sk-a";
            },
        });

        var asked = authentication.GetAsync(callKey: null, source.Token).AsTask();
        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }
}
