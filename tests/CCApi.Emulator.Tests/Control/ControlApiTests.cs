using System;
using System.Collections.Generic;
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
    [InlineData("POST", "clock", """{"advance_ms":1e300}""", "body(1): advance_ms must be a number of at least 0.")]
    [InlineData("POST", "clock", """{"advance_ms":9e15}""", "body(1): advance_ms must be a number of at most 3153600000000.")]
    [InlineData("POST", "faults", """{"fault":"reset","retry_after":1e20}""", "body(1): retry_after must be a number of at most 1000000000.")]
    [InlineData("POST", "faults", """{"fault":"\ud83d"}""", "body(1): fault is not Unicode text: half of a surrogate pair, or bytes that are not UTF-8.")]
    [InlineData("POST", "faults", """{"fault":"reset","\ud83d":1}""", "body: a name is not Unicode text: ")]
    [InlineData("PUT", "balance", """{"credits":1,"key":"\ud83d"}""", "body(1): key is not Unicode text: ")]
    [InlineData("PUT", "balance", """{"credits":1e28}""", "body(1): credits must be a number of at most 1000000000000.")]
    [InlineData("PUT", "script", """{"rules":[{"then":[{"text":"\ud83d"}]}]}""", "body(1): rules[0].then[0].text is not Unicode text: ")]
    [InlineData("PUT", "script", """{"rules":[{"when":{"\ud83d":1},"then":[{"text":"x"}]}]}""", "body: a name is not Unicode text: ")]
    [InlineData("PUT", "script", "{\"rules\":[{\"then\":[{\"text\":\"x\",\n\"delay_ms\":1e18}]}]}", "body(2): rules[0].then[0].delay_ms must be a number of at most 2147483647.")]
    [InlineData("PUT", "script", """{"rules":[{"then":[{"error":{"retry_after":1e20}}]}]}""", "body(1): rules[0].then[0].error.retry_after must be a number of at most 1000000000.")]
    [InlineData("PUT", "script", """{"rules":[{"then":[{"body":"x","content_type":"a\nb"}]}]}""", "body(1): rules[0].then[0].content_type has a character that a header cannot have.")]
    [InlineData("PUT", "script", """{"rules":[{"when":{"path":"/x"},"then":[{"body_file":"a\u0000b"}]}]}""", "body(1): rules[0].then[0].body_file cannot be read: ")]
    [InlineData("POST", "accounts", """{"key":"a\u0000b"}""", "body(1): key must not be empty or hold white space or control characters.")]
    [InlineData("PUT", "limits", """{"tier":"gold"}""", "body(1): tier must be free, standard or pro.")]
    [InlineData("PUT", "accounts", """{"expires_at":"tomorrow"}""", "body(1): expires_at must be a time such as 2026-12-31T23:59:59Z.")]
    [InlineData("PUT", "accounts", """{"expires_at":5}""", "body(1): expires_at must be a time such as 2026-12-31T23:59:59Z.")]
    [InlineData("POST", "accounts", """{"key":"new-key","tier":5}""", "body(1): tier must be a text.")]
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

    [Theory]
    [InlineData("POST", "reset", null)]
    [InlineData("POST", "reset", "text/plain")]
    [InlineData("POST", "faults", "application/json")]
    [InlineData("DELETE", "requests", null)]
    [InlineData("PUT", "script", "application/json")]
    public async Task Control_ChangeByAPageOfAnotherOrigin_IsRejected(string method, string path, string? mediaType)
    {
        await using var world = await World.StartAsync();
        world.Emulator.Faults.Add(EmulatorFault.WithStatus(500));
        await world.GetAsync("models");

        foreach (var origin in new[] { "http://evil.test", "null", $"http://127.0.0.1:{world.Emulator.BaseAddress.Port + 1}" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Address(world, path));
            request.Headers.Add("Origin", origin);
            request.Content = mediaType is null ? null : new StringContent("""{"fault":"reset","rules":[]}""", Encoding.UTF8, mediaType);
            using var response = await world.Http.SendAsync(request, World.Token);
            var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(World.Token))!;

            Assert.Equal((403, "access_denied"), ((int)response.StatusCode, json["error"]!["code"]!.GetValue<string>()));
        }

        Assert.Single(world.Emulator.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Control_ChangeByAPageThatMay_IsMade(bool isOwn)
    {
        await using var world = await World.StartAsync(options => options.AllowedOrigins = ["http://allowed.test"]);
        await world.GetAsync("models");
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(world, "reset"));
        request.Headers.Add("Origin", isOwn ? world.Emulator.BaseAddress.GetLeftPart(UriPartial.Authority) : "http://allowed.test");

        using var response = await world.Http.SendAsync(request, World.Token);

        Assert.Equal((200, 0), ((int)response.StatusCode, world.Emulator.Requests.Count));
    }

    [Fact]
    public async Task Control_BodyThatIsTooLarge_SaysSo()
    {
        await using var world = await World.StartAsync(options => options.MaxRequestBytes = 1000);

        var response = await SendAsync(world, HttpMethod.Put, "script", $$"""{"rules":[],"x":"{{new string('x', 1000)}}"}""");

        Assert.Equal((413, "read_request_body_failed"), (response.Status, response.Json!["error"]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Script_OfMillionsOfValues_IsRejected()
    {
        await using var world = await World.StartAsync();

        var response = await SendAsync(world, HttpMethod.Put, "script", $$"""{"rules":[{{string.Concat(Enumerable.Repeat("{},", 300_000))}}{}]}""");

        Assert.Equal((400, "body: it has more than 1000000 JSON values, of which an object counts as six."), (response.Status, response.Json!["error"]!["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Script_WithBytesThatAreNotUtf8_NamesTheLine()
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, Address(world, "script"));
        request.Content = new ByteArrayContent([.. "{\"rules\":[\n{\"then\":{\"body\":{\"a\":\""u8, 0xFF, .. "\"}}}]}"u8]);
        request.Content.Headers.ContentType = new("application/json");

        using var response = await world.Http.SendAsync(request, World.Token);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(World.Token))!;

        Assert.StartsWith("body(2): rules[0].then.body is not Unicode text: ", json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_WithATierAndAnEnd_HaveThem()
    {
        await using var world = await World.StartAsync();
        var end = world.Time.GetUtcNow().AddMinutes(1);

        var added = await SendAsync(world, HttpMethod.Post, "accounts", $$"""{"key":"another-key","tier":"free","expires_at":"{{end:O}}"}""");
        using var client = world.Emulator.CreateClient(options => options.ApiKey = "another-key");
        await client.Catalog.ListModelsAsync(cancellationToken: World.Token);
        await SendAsync(world, HttpMethod.Post, "clock", """{"advance_ms":60000}""");
        await Assert.ThrowsAsync<CCApi.Sdk.CCApiUnauthorizedException>(() => client.Catalog.ListModelsAsync(cancellationToken: World.Token));
        await SendAsync(world, HttpMethod.Put, "accounts", """{"key":"another-key","expires_at":null}""");
        await client.Catalog.ListModelsAsync(cancellationToken: World.Token);

        Assert.Equal((30, 2), (added.Json!["requests_per_minute"]!.GetValue<int>(), added.Json["concurrent_requests"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Limits_OfATier_CanBeChangedAndAreResetToNoneUsed()
    {
        await using var world = await World.StartAsync();

        var limits = await SendAsync(world, HttpMethod.Put, "limits", """{"tier":"pro","requests_per_minute":1}""");
        var wrong = await SendAsync(world, HttpMethod.Put, "limits", """{"requests_per_minute":5,"concurrent_requests":0}""");
        var statuses = new[] { (await world.GetAsync("models")).Status, (await world.GetAsync("models")).Status };
        await SendAsync(world, HttpMethod.Post, "reset");

        Assert.Equal((1, 30), (limits.Json!["requests_per_minute"]!.GetValue<int>(), limits.Json["concurrent_requests"]!.GetValue<int>()));
        Assert.Equal(400, wrong.Status);
        Assert.Equal([200, 429], statuses);
        Assert.Equal(200, (await world.GetAsync("models")).Status);
    }

    [Fact]
    public async Task Clock_SetForwardTooOften_StopsAfterACentury()
    {
        await using var world = await World.StartAsync();

        var first = await SendAsync(world, HttpMethod.Post, "clock", """{"advance_ms":3153600000000}""");
        var second = await SendAsync(world, HttpMethod.Post, "clock", """{"advance_ms":1}""");

        Assert.Equal((200, 400), (first.Status, second.Status));
        Assert.StartsWith("body(1): advance_ms sets the clock forward by more than 100 years in all.", second.Json!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(200, (await world.ChatAsync("Hi")).Status);
    }

    [Fact]
    public async Task Faults_InMillions_KeepsAThousand()
    {
        await using var world = await World.StartAsync();
        await SendAsync(world, HttpMethod.Post, "faults", """{"fault":"status-500"}""");
        for (var i = 0; i < 5; i++)
        {
            await SendAsync(world, HttpMethod.Post, "faults", """{"fault":"status-503","times":1000000}""");
        }

        var statuses = new[] { (await world.ChatAsync("1")).Status, (await world.ChatAsync("2")).Status, (await world.ChatAsync("3")).Status };
        Assert.Equal([500, 503, 503], statuses);
        Assert.Equal(1000, world.Emulator.Faults.Describe().Count);
    }

    [Theory]
    [InlineData("statsu-503")]
    [InlineData("status-399")]
    [InlineData("Reset,Cut")]
    [InlineData("3")]
    public async Task FaultHeader_ThatNamesNone_IsRejected(string name)
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("chat/completions", UriKind.Relative));
        request.Headers.Add("X-Emulator-Fault", name);
        request.Content = new StringContent(Body.Chat("Hi"), Encoding.UTF8, "application/json");

        var response = await world.SendAsync(request);

        Assert.Equal((400, "X-Emulator-Fault"), (response.Status, response.Json["error"]!["param"]!.GetValue<string>()));
        Assert.Equal(0, world.Emulator.Ledger.Count);
    }

    [Theory]
    [InlineData("status-503", 503)]
    [InlineData("Status-429", 429)]
    [InlineData("statsu-503", 400)]
    [InlineData("job-failed", 200)]
    public async Task FaultHeader_OnAScriptedResponse_ActsAsOnAnyOther(string name, int status)
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.When("POST", "/thing").ReplyJson("{}");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("thing", UriKind.Relative));
        request.Headers.Add("X-Emulator-Fault", name);

        using var response = await world.Http.SendAsync(request, World.Token);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task FaultHeader_OnARequestThatAStrictScriptDoesNotExpect_LeavesTheExplanation()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.IsStrict = true;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("models", UriKind.Relative));
        request.Headers.Add("X-Emulator-Fault", "status-503");

        var response = await world.SendAsync(request);

        Assert.Equal((400, "script"), (response.Status, response.Json["error"]!["param"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("requests?limit=abc", "limit")]
    [InlineData("requests?limit=-5", "limit")]
    [InlineData("requests?limit=5&limit=6", "limit")]
    [InlineData("requests?since=99999999999999999999", "since")]
    [InlineData("ledger?limit=1e3", "limit")]
    public async Task Query_ThatIsNotANumber_IsRejected(string path, string name)
    {
        await using var world = await World.StartAsync();

        var response = await SendAsync(world, HttpMethod.Get, path);

        Assert.Equal(400, response.Status);
        Assert.Equal($"The parameter {name} must be a whole number of at least 0.", response.Json!["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Head_OfAPathThatGetHas_HasNoBody()
    {
        await using var world = await World.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Head, Address(world, "faults"));
        using var response = await world.Http.SendAsync(request, World.Token);

        Assert.Equal((200, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(World.Token)));
    }

    [Fact]
    public async Task Faults_WithALongPath_AreRejected()
    {
        await using var world = await World.StartAsync();

        var response = await SendAsync(world, HttpMethod.Post, "faults", $$"""{"fault":"reset","path":"/{{new string('x', 8192)}}"}""");

        Assert.Equal(400, response.Status);
        Assert.Equal("body(1): path must have at most 8192 characters.", response.Json!["error"]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Script_ReplacedWhileRequestsArrive_AlwaysResponds()
    {
        await using var world = await World.StartAsync();
        const string Script = """{"strict":true,"rules":[{"then":{"text":"A"}}]}""";
        await SendAsync(world, HttpMethod.Put, "script", Script);

        var replacing = Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await SendAsync(world, HttpMethod.Put, "script", Script);
            }
        });
        var replies = new List<string?>();
        while (!replacing.IsCompleted)
        {
            replies.Add((await world.ChatAsync("Hi")).Content);
        }

        await replacing;
        Assert.All(replies, reply => Assert.Equal("A", reply));
    }

    [Fact]
    public async Task Page_WithoutTheSlash_IsRedirectedTo()
    {
        await using var world = await World.StartAsync();

        using var response = await world.Http.GetAsync(new Uri(world.Emulator.BaseAddress, "/emulator"), World.Token);

        Assert.Equal("/emulator/", response.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("CCAPI emulator", await response.Content.ReadAsStringAsync(World.Token), StringComparison.Ordinal);
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
