using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class DownloadGuardTests
{
    private const string Gateway = "gateway.test";
    private const string Media = "media.test";

    private readonly Dictionary<string, string[]> _names = new() { [Gateway] = ["1.0.0.1"] };

    [Fact]
    public async Task Allowed_OfAPublicName_IsAllOfIt()
    {
        _names[Media] = ["1.1.1.1", "2606:4700:4700::1111"];

        var allowed = await AllowedAsync();

        Assert.Equal(["1.1.1.1", "2606:4700:4700::1111"], allowed);
    }

    [Fact]
    public async Task Allowed_OfANameThatIsAlsoPrivate_IsThePublicPart()
    {
        _names[Media] = ["10.0.0.1", "1.1.1.1", "::1"];

        var allowed = await AllowedAsync();

        Assert.Equal(["1.1.1.1"], allowed);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3", "192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    public async Task Allowed_OfAPrivateName_IsAnErrorThatNamesTheOption(params string[] addresses)
    {
        _names[Media] = addresses;

        var exception = await Assert.ThrowsAsync<CCApiDownloadException>(() => AllowedAsync());

        Assert.Equal(
            "The download from media.test was rejected: the host has a private, loopback or otherwise not public address. Set CCApiClientOptions.AllowDownload if it may be fetched.",
            exception.Message);
    }

    [Theory]
    [InlineData("10.0.0.7")]
    [InlineData("127.0.0.1", "::1")]
    public async Task Allowed_WhenTheGatewayIsPrivate_IsPrivateToo(params string[] gateway)
    {
        _names[Gateway] = gateway;
        _names[Media] = ["192.168.1.1"];

        var allowed = await AllowedAsync();

        Assert.Equal(["192.168.1.1"], allowed);
    }

    [Fact]
    public async Task Allowed_WhenTheGatewayIsOnThisMachine_NeedsNoNameOfIt()
    {
        _names[Media] = ["127.0.0.1"];

        var allowed = await AllowedAsync("http://127.0.0.1:5000/v1/");

        Assert.Equal(["127.0.0.1"], allowed);
    }

    [Fact]
    public async Task Allowed_WhenTheGatewayIsUnknown_IsRejected()
    {
        _names.Remove(Gateway);
        _names[Media] = ["127.0.0.1"];

        await Assert.ThrowsAsync<CCApiDownloadException>(() => AllowedAsync());
    }

    [Fact]
    public async Task Allowed_OfANameThatNobodyKnows_IsASocketException() => await Assert.ThrowsAsync<SocketException>(() => AllowedAsync());

    private async Task<string[]> AllowedAsync(string baseAddress = $"https://{Gateway}/v1/")
    {
        var guard = new DownloadGuard(new Uri(baseAddress), (host, _) => _names.TryGetValue(host, out var addresses)
            ? Task.FromResult(addresses.Select(IPAddress.Parse).ToArray())
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)));
        return [.. (await guard.AllowedAsync(Media, CancellationToken.None)).Select(address => address.ToString())];
    }
}
