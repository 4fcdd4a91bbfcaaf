using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class HostFilterTests
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:99", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:8787", 200)]
    [InlineData("evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost.", 421)]
    public async Task Request_ByHost_GetsAResponseOnlyForOwnNames(string host, int expected)
    {
        await using var world = await World.StartAsync();

        Assert.Equal(expected, await StatusAsync(world, "models", host));
        Assert.Equal(expected, await StatusAsync(world, "/emulator/state", host));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Media_OfAnotherHost_IsNotServed(int? mediaPort)
    {
        await using var world = await World.StartAsync(options => options.MediaPort = mediaPort);
        var image = await world.Client.Images.GenerateAsync("openai/gpt-image-1", "A fox", cancellationToken: World.Token);
        var url = image.Data![0].Url!;

        Assert.Equal(200, await StatusAsync(world, url, "127.0.0.1"));
        Assert.Equal(421, await StatusAsync(world, url, "evil.test"));
        Assert.Single(world.Emulator.MediaRequests);
    }

    [Theory]
    [InlineData("ccapi.test", "ccapi.test", 200)]
    [InlineData("ccapi.test", "other.test", 421)]
    [InlineData("ccapi.test:8080", "ccapi.test:8080", 200)]
    [InlineData("ccapi.test:8080", "ccapi.test:8081", 421)]
    [InlineData("*", "other.test", 200)]
    public async Task Request_WithAllowedHosts_GetsAResponseForThem(string allowed, string host, int expected)
    {
        await using var world = await World.StartAsync(options => options.AllowedHosts = [allowed]);

        Assert.Equal(expected, await StatusAsync(world, "models", host));
    }

    private static async Task<int> StatusAsync(World world, string path, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new System.Uri(world.Emulator.BaseAddress, path));
        request.Headers.Host = host;
        using var response = await world.Http.SendAsync(request, World.Token);
        return (int)response.StatusCode;
    }
}
