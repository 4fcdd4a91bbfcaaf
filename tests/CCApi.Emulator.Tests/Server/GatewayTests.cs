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
    public async Task Answer_WithAWrongKey_Is401(string? authorization)
    {
        await using var world = await World.StartAsync();
        world.Http.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);

        var answer = await world.ChatAsync("Hello");

        Assert.Equal((401, "unauthorized", "Bearer"), (answer.Status, answer.Error["code"]!.GetValue<string>(), answer.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task Answer_WithAKeyOfItsOwn_TakesThatKey()
    {
        await using var world = await World.StartAsync(options => options.ApiKey = "sk-mine");

        var answer = await world.GetAsync("models");

        Assert.Equal((200, "sk-mine"), (answer.Status, world.Emulator.ApiKey));
    }

    [Fact]
    public async Task Answer_ToAWrongKeyThroughTheSdk_IsUnauthorized()
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
    public async Task Answer_ToABodyNestedTenThousandDeep_Is400(string path, string body)
    {
        await using var world = await World.StartAsync();
        foreach (var deep in new[] { new string('[', 10_000) + new string(']', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) })
        {
            var answer = await world.PostAsync(path, body.Replace("DEEP", deep, StringComparison.Ordinal));

            Assert.Equal((400, "bad_request_body"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
        }

        Assert.Equal(200, (await world.GetAsync("models")).Status);
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Answer_ToEachRequest_HasItsOwnNumber()
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
    public async Task Answer_ToAnUnknownOperation_Is404(string method, string path)
    {
        await using var world = await World.StartAsync();

        var answer = await world.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = method == "GET" ? null : Json("{}") });

        Assert.Equal((404, "not_found"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"model":"a","model":"b"}""")]
    [InlineData("""{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\ud800"}]}""")]
    public async Task Answer_ToABodyThatIsNoUsableObject_Is400(string body)
    {
        await using var world = await World.StartAsync();

        var answer = await world.PostAsync("chat/completions", body);

        Assert.Equal((400, "bad_request_body"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Fact]
    public async Task Answer_OutsideOfTheApi_IsAPage()
    {
        await using var world = await World.StartAsync();

        var answer = await world.GetAsync("/dashboard");

        Assert.Equal((200, "text/html"), (answer.Status, answer.MediaType));
    }

    [Fact]
    public async Task Answer_ToABodyThatIsTooLarge_Is413()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("chat/completions", UriKind.Relative)) { Content = new ByteArrayContent(new byte[(64 * 1024 * 1024) + 1]) };
        request.Headers.ExpectContinue = true;

        var answer = await world.SendAsync(request);

        Assert.Equal((413, "read_request_body_failed"), (answer.Status, answer.Error["code"]!.GetValue<string>()));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
