using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Xunit;

namespace CCApi.Emulator.Tests.Server;

public class GatewayTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Bearer sk-wrong")]
    [InlineData("Bearer")]
    [InlineData("Basic sk-ccapi-emulator")]
    [InlineData("sk-ccapi-emulator")]
    public async Task Response_WrongKey_Is401(string? authorization)
    {
        await using var world = await World.StartAsync();
        world.Http.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        var response = await world.ChatAsync("Hello");

        Assert.Equal((401, "unauthorized", "Bearer"), (response.Status, response.Error["code"]!.GetValue<string>(), response.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task Response_KeyOfItsOwn_TakesThatKey()
    {
        await using var world = await World.StartAsync(options => options.ApiKey = "sk-mine");

        var response = await world.GetAsync("models");

        Assert.Equal((200, "sk-mine"), (response.Status, world.Emulator.ApiKey));
    }

    [Fact]
    public async Task Response_WrongKeyThroughTheSdk_IsUnauthorized()
    {
        await using var world = await World.StartAsync();
        using var client = world.Emulator.CreateClient(options => options.ApiKey = "sk-wrong");

        await Assert.ThrowsAsync<CCApiUnauthorizedException>(() => client.Catalog.ListModelsAsync(cancellationToken: World.Token));
    }

    [Theory]
    [InlineData("chat/completions", """{"model":"openai/gpt-4o-mini","messages":DEEP}""")]
    [InlineData("chat/completions", """{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","json_schema":{"schema":DEEP}}}""")]
    [InlineData("chat/completions", "DEEP")]
    [InlineData("audio/speech", """{"unknown":DEEP}""")]
    [InlineData("images/generations", """{"unknown":DEEP}""")]
    [InlineData("images/generate", """{"contents":DEEP}""")]
    public async Task Response_BodyNestedTenThousandDeep_Is400(string path, string body)
    {
        await using var world = await World.StartAsync();
        foreach (var deep in new[] { new string('[', 10_000) + new string(']', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) })
        {
            var response = await world.PostAsync(path, body.Replace("DEEP", deep, StringComparison.Ordinal));

            Assert.Equal((400, "bad_request_body"), (response.Status, response.Error["code"]!.GetValue<string>()));
        }

        Assert.Equal(200, (await world.GetAsync("models")).Status);
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Response_EachRequest_HasItsOwnNumber()
    {
        await using var world = await World.StartAsync();

        var ids = new[] { (await world.GetAsync("models")).Header("x-request-id"), (await world.GetAsync("models")).Header("x-request-id") };

        Assert.Equal(["emu-1-000001", "emu-1-000002"], ids);
    }

    [Theory]
    [InlineData("GET", "chat/completions")]
    [InlineData("GET", "embeddings")]
    [InlineData("POST", "models")]
    [InlineData("DELETE", "models")]
    [InlineData("PUT", "chat/completions")]
    [InlineData("GET", "providers/")]
    [InlineData("GET", "images/jobs/")]
    public async Task Response_UnknownOperation_Is404(string method, string path)
    {
        await using var world = await World.StartAsync();

        var response = await world.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = method == "GET" ? null : Json("{}") });

        Assert.Equal((404, "not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"model":"a","model":"b"}""")]
    [InlineData("""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\ud800"}]}""")]
    public async Task Response_BodyIsNotAUsableObject_Is400(string body)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("chat/completions", body);

        Assert.Equal((400, "bad_request_body"), (response.Status, response.Error["code"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Response_PathOutsideTheApi_IsAPage()
    {
        await using var world = await World.StartAsync();

        var response = await world.GetAsync("/dashboard");

        Assert.Equal((200, "text/html"), (response.Status, response.MediaType));
    }

    [Fact]
    public async Task Response_BodyTooLarge_Is413()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("chat/completions", UriKind.Relative)) { Content = new ByteArrayContent(new byte[(64 * 1024 * 1024) + 1]) };
        request.Headers.ExpectContinue = true;

        var response = await world.SendAsync(request);

        Assert.Equal((413, "read_request_body_failed"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
