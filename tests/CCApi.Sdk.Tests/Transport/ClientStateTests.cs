using System;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class ClientStateTests
{
    [Fact]
    public void Dispose_OfAClient_EndsItsCallsAndRejectsFurtherOnes()
    {
        var client = new ClientState(FakeGateway.Options());
        client.ThrowIfClosed();
        var wasClosed = client.Closed.IsCancellationRequested;

        client.Dispose();

        Assert.False(wasClosed);
        Assert.True(client.Closed.IsCancellationRequested);
        Assert.Throws<ObjectDisposedException>(client.ThrowIfClosed);
    }

    [Fact]
    public void BaseAddress_OfTheOptions_IsNormalized()
    {
        using var client = new ClientState(FakeGateway.Options(options => options.BaseAddress = new Uri("https://gateway.test/v1")));

        Assert.Equal("https://gateway.test/v1/", client.BaseAddress.ToString());
    }
}
