using System;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Http;

public class CorsPolicyTests
{
    private const string Origin = "http://localhost:5173";

    [Fact]
    public async Task Preflight_OfAnAllowedOrigin_IsGrantedWithoutAKey()
    {
        await using var world = await World.StartAsync(options => options.AllowedOrigins = [Origin]);

        using var response = await SendAsync(world, HttpMethod.Options, Origin, isPreflight: true);

        Assert.Equal((204, Origin), ((int)response.StatusCode, Header(response, "Access-Control-Allow-Origin")));
        Assert.Equal("authorization, content-type", Header(response, "Access-Control-Allow-Headers"));
        Assert.Empty(world.Emulator.Requests);
    }

    [Fact]
    public async Task Request_OfAnAllowedOrigin_CanBeRead()
    {
        await using var world = await World.StartAsync(options => options.AllowedOrigins = ["*"]);

        using var response = await SendAsync(world, HttpMethod.Get, Origin, isPreflight: false);

        Assert.Equal((200, Origin, "Origin"), ((int)response.StatusCode, Header(response, "Access-Control-Allow-Origin"), Header(response, "Vary")));
    }

    [Theory]
    [InlineData(Origin, null)]
    [InlineData("http://localhost:5174", Origin)]
    public async Task Preflight_OfAnotherOrigin_IsNotGranted(string origin, string? allowed)
    {
        await using var world = await World.StartAsync(options => options.AllowedOrigins = allowed is null ? [] : [allowed]);

        using var response = await SendAsync(world, HttpMethod.Options, origin, isPreflight: true);

        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Preflight_OfAnOriginThatTheOptionHasWithASlash_IsGranted()
    {
        await using var world = await World.StartAsync(options => options.AllowedOrigins = [$"{Origin}/"]);

        using var response = await SendAsync(world, HttpMethod.Options, Origin, isPreflight: true);

        Assert.Equal(Origin, Header(response, "Access-Control-Allow-Origin"));
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private static Task<HttpResponseMessage> SendAsync(World world, HttpMethod method, string origin, bool isPreflight)
    {
        using var request = new HttpRequestMessage(method, new Uri("models", UriKind.Relative));
        request.Headers.Add("Origin", origin);
        if (isPreflight)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "authorization, content-type");
        }

        return world.Http.SendAsync(request, World.Token);
    }
}
