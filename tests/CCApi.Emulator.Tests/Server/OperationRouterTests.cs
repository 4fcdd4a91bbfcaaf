using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class OperationRouterTests
{
    [Theory]
    [InlineData("GET", "models", HttpStatusCode.OK)]
    [InlineData("GET", "models/emulator/no-such-model", HttpStatusCode.NotFound)]
    [InlineData("GET", "providers", HttpStatusCode.OK)]
    [InlineData("HEAD", "models", HttpStatusCode.OK)]
    [InlineData("HEAD", "models/emulator/no-such-model", HttpStatusCode.NotFound)]
    [InlineData("HEAD", "chat/completions", HttpStatusCode.NotFound)]
    [InlineData("GET", "models/", HttpStatusCode.NotFound)]
    [InlineData("GET", "chat/completions", HttpStatusCode.NotFound)]
    [InlineData("POST", "models", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "models", HttpStatusCode.NotFound)]
    [InlineData("POST", "chat/completions", HttpStatusCode.BadRequest)]
    public async Task Respond_MethodAndPath_ChooseTheOperation(string method, string path, HttpStatusCode expected)
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(emulator.BaseAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);
        if (method != "GET")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("embeddings", "/v1/embeddings")]
    [InlineData("a?b=c", "/v1/a")]
    public async Task Respond_OtherPath_NamesTheScript(string path, string shown)
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(emulator.BaseAddress, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            $"Invalid URL (POST {shown}). The emulator has the documented operations; a rule of its script, with method and path, adds others.",
            body.RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Respond_LongPath_IsShownShortened()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.BaseAddress, new string('a', 3000)));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", emulator.ApiKey);

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"/{new string('a', 99)}...)", body, StringComparison.Ordinal);
    }
}
