using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Emulator.Tests.Control;

public class ControlApiTests
{
    [Fact]
    public async Task Faults_AddedOverHttp_HappenToRequests()
    {
        await using var world = await World.StartAsync();

        var added = await SendAsync(world, HttpMethod.Post, "faults", """{"fault":"status-429","times":2,"path":"/chat/completions","retry_after":3}""");
        var statuses = new[] { (await world.ChatAsync("Hi")).Status, (await world.GetAsync("models")).Status, (await world.ChatAsync("Hi")).Status, (await world.ChatAsync("Hi")).Status };

        Assert.Equal("""{"faults":["status-429 for /chat/completions","status-429 for /chat/completions"]}""", added.Json!.ToJsonString());
        Assert.Equal([429, 200, 429, 200], statuses);
    }

    [Fact]
    public async Task Script_PutPostDelete_ReplacesAddsAndClears()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply("Old.");

        await SendAsync(world, HttpMethod.Put, "script", """{"strict":true,"rules":[{"when":{"text":"a"},"then":{"text":"A"}}]}""");
        await SendAsync(world, HttpMethod.Post, "script", """{"rules":[{"name":"b","when":{"text":"b"},"then":{"text":"B"}}]}""");
        var replies = new[] { (await world.ChatAsync("a")).Content, (await world.ChatAsync("b")).Content };
        var state = await SendAsync(world, HttpMethod.Get, "state");
        await SendAsync(world, HttpMethod.Delete, "script");

        Assert.Equal(["A", "B"], replies);
        Assert.Equal(["rule 1 (chat): took 1 requests", "rule 2 'b' (chat): took 1 requests"], state.Json!["rules"]!.AsArray().Select(rule => rule!.GetValue<string>()));
        Assert.False(world.Emulator.Script.IsStrict);
    }

    [Fact]
    public async Task Script_Invalid_KeepsTheOldOne()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply("Old.");

        var response = await SendAsync(world, HttpMethod.Put, "script", "{\"rules\":[\n{\"then\":{\"txt\":1}}]}");

        Assert.Equal(400, response.Status);
        Assert.StartsWith("body(2): rules[0].then.txt is not a known member", response.Json!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Old.", (await world.ChatAsync("Hi")).Content);
    }

    [Fact]
    public async Task Requests_AreListedWithoutTheKey()
    {
        await using var world = await World.StartAsync();
        await world.ChatAsync("first");
        await world.ChatAsync("second");

        var response = await SendAsync(world, HttpMethod.Get, "requests?since=1");

        var request = Assert.Single(response.Json!["requests"]!.AsArray())!;
        Assert.Equal(("second", 200, "(hidden)"), (request["text"]!.GetValue<string>(), request["status"]!.GetValue<int>(), request["headers"]!["Authorization"]!.GetValue<string>()));
        Assert.DoesNotContain(world.Emulator.ApiKey, response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_Set_EndsIn402()
    {
        await using var world = await World.StartAsync();

        await SendAsync(world, HttpMethod.Put, "balance", """{"credits":0}""");

        Assert.Equal(402, (await world.ChatAsync("Hi")).Status);
    }

    [Fact]
    public async Task LimitsAndAccounts_SetOverHttp_Count()
    {
        await using var world = await World.StartAsync();

        await SendAsync(world, HttpMethod.Post, "accounts", """{"key":"sk-second-key","credits":0}""");
        await SendAsync(world, HttpMethod.Put, "limits", """{"requests_per_minute":1}""");
        var statuses = new[] { (await world.GetAsync("models")).Status, (await world.GetAsync("models")).Status };
        world.Http.DefaultRequestHeaders.Authorization = new("Bearer", "sk-second-key");
        var second = await world.ChatAsync("Hi");

        Assert.Equal([200, 429, 402], [.. statuses, second.Status]);
    }

    [Fact]
    public async Task Clock_Advanced_EndsJobs()
    {
        await using var world = await World.StartAsync(options => options.JobDuration = TimeSpan.FromHours(1));
        var job = await world.Client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox"), cancellationToken: World.Token);

        await SendAsync(world, HttpMethod.Post, "clock", """{"advance_ms":3600000}""");
        var state = await world.Client.Images.GetJobAsync(job.Id!, cancellationToken: World.Token);

        Assert.Equal(ImageJobStatus.Completed, state.Status);
    }

    [Fact]
    public async Task Reset_ForgetsEverything()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat().Reply("Old.");
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(503), times: 3);
        await world.GetAsync("models");
        world.Emulator.Ledger.SetBalance(1m);

        await SendAsync(world, HttpMethod.Post, "reset", "{}");

        Assert.Empty(world.Emulator.Requests);
        Assert.Equal((10m, "2 + 3 = 5"), (world.Emulator.Ledger.Balance, (await world.ChatAsync("2 + 3?")).Content));
    }

    [Theory]
    [InlineData("POST", "faults", """{"fault":"explode"}""", "body(1): fault is not a fault, such as reset, truncated or status-503.")]
    [InlineData("POST", "faults", "[]", "body(1): the script must be an object.")]
    [InlineData("POST", "faults", "{", "body(1): this is not valid JSON: ")]
    [InlineData("PUT", "balance", """{"credit":1}""", "body(1): credit is not a known member; known are credits, key.")]
    [InlineData("PUT", "limits", """{"requests_per_minute":0}""", "body(1): requests_per_minute must be a whole number from 1 to 2147483647.")]
    [InlineData("PUT", "limits", """{"key":"sk-unknown"}""", "body(1): key is not the key of an account.")]
    [InlineData("POST", "accounts", """{"key":"sk-ccapi-emulator"}""", "body(1): key belongs to an account that is there already.")]
    [InlineData("POST", "clock", """{"advance_ms":-1}""", "body(1): advance_ms must be a number of at least 0.")]
    [InlineData("GET", "nothing", null, "There is no GET /emulator/nothing; openapi/emulator.yaml lists what there is.")]
    public async Task Control_InvalidRequest_SaysWhatIsWrong(string method, string path, string? body, string expected)
    {
        await using var world = await World.StartAsync();

        var response = await SendAsync(world, new HttpMethod(method), path, body);

        Assert.Equal(path == "nothing" ? 404 : 400, response.Status);
        Assert.StartsWith(expected, response.Json!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_BodyOfAForm_IsRejected()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(world, "reset"));
        request.Content = new StringContent("""{"fault":"reset"}""", Encoding.UTF8, "text/plain");
        request.RequestUri = Address(world, "faults");

        using var response = await world.Http.SendAsync(request, World.Token);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Empty(world.Emulator.Faults.Describe());
    }

    [Fact]
    public async Task FaultHeader_OnOneRequest_HappensToItOnly()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("models", UriKind.Relative));
        request.Headers.Add("X-Emulator-Fault", "status-503");

        var first = await world.SendAsync(request);
        var second = await world.GetAsync("models");

        Assert.Equal((503, 200), (first.Status, second.Status));
    }

    [Theory]
    [InlineData("", "text/html", "<title>CCAPI emulator</title>")]
    [InlineData("page.js", "text/javascript", "setInterval")]
    [InlineData("page.css", "text/css", "main {")]
    public async Task Page_OfTheEmulator_LoadsNothingFromElsewhere(string path, string mediaType, string part)
    {
        await using var world = await World.StartAsync();

        using var response = await world.Http.GetAsync(Address(world, path), World.Token);
        var text = await response.Content.ReadAsStringAsync(World.Token);

        Assert.Equal((200, mediaType), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.DoesNotContain("://", text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static Uri Address(World world, string path) => new(world.Emulator.BaseAddress, $"/emulator/{path}");

    private static async Task<(int Status, string Text, JsonNode? Json)> SendAsync(World world, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, Address(world, path));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await world.Http.SendAsync(request, World.Token);
        var text = await response.Content.ReadAsStringAsync(World.Token);
        return ((int)response.StatusCode, text, JsonNode.Parse(text));
    }
}
