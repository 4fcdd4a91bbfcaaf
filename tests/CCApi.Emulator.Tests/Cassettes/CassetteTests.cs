using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using CCApi.Sdk.WireMockTests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Cassettes;

/// <summary>Records one emulator with another, and replays it.</summary>
public sealed class CassetteTests : IDisposable
{
    private const string UpstreamKey = "sk-upstream-key-123";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private string Path => System.IO.Path.Combine(_folder.FullName, "calls.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Replay_OfARecording_GivesTheSameResponses()
    {
        string[] recorded;
        await using (var upstream = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = UpstreamKey }, World.Token))
        {
            recorded = await RecordAsync(upstream, CallsAsync);
        }

        await using var replay = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path, CassetteSpeed = 0 }, World.Token);
        replay.Script.IsStrict = true;
        var replayed = await CallsAsync(replay);

        Assert.Equal(recorded, replayed);
        Assert.Equal(0, replay.Ledger.Count);
    }

    [Fact]
    public async Task Recording_WithKeysAnywhere_HasNone()
    {
        await using var upstream = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = UpstreamKey }, World.Token);
        var encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(UpstreamKey)).TrimEnd('=');
        upstream.Script.WhenChat().Reply($"Your key is {UpstreamKey}, or {encoded}, or sk-ccapi-emulator.");

        await RecordAsync(upstream, async emulator =>
        {
            using var client = emulator.CreateClient();
            return [(await client.Chat.CompleteAsync("m", $"Is {UpstreamKey} my key?", cancellationToken: World.Token)).Text!];
        });

        var cassette = await File.ReadAllTextAsync(Path, World.Token);
        Assert.Contains("Your key is (redacted), or (redacted), or (redacted).", cassette, StringComparison.Ordinal);
        Assert.DoesNotContain(UpstreamKey, cassette, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-ccapi-emulator", cassette, StringComparison.Ordinal);
        Assert.DoesNotContain("uthorization", cassette, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_OfAClientThatHangsUpBeforeTheEndOfTheStream_HasTheWholeResponse()
    {
        await using (var upstream = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = UpstreamKey }, World.Token))
        {
            upstream.Script.WhenChat().Stream(TimeSpan.FromMilliseconds(100), "Once ", "upon a time.");
            await RecordAsync(upstream, HangUpAsync);
        }

        await using var replay = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path, CassetteSpeed = 0 }, World.Token);
        replay.Script.IsStrict = true;
        using var client = replay.CreateClient();
        await using var stream = client.Chat.StreamAsync("m", "Tell a story.", cancellationToken: World.Token);
        var response = await stream.GetResponseAsync(World.Token);

        Assert.Equal("Once upon a time.", response.Text);
    }

    [Fact]
    public async Task Recording_OfAnUpstreamThatQuotesSecrets_HasNone()
    {
        const string password = "hunter2secret";
        const string clientKey = "sk-ant-of-the-client";
        var inBase64 = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"Bearer {UpstreamKey}"));
        using var upstream = new RawServer(RawServer.Json(
            $$"""{"a":"{{clientKey}}","b":"{{inBase64}}","c":"{{UpstreamKey.ToUpperInvariant()}}","d":"{{password}}","e":"query-secret-1 and query-secret-2"}""",
            headers: $"X-Echo: {clientKey}\r\n"));
        var address = new Uri($"http://user:{password}@127.0.0.1:{upstream.Port}/v1?key=query-secret-1");

        await using (var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Recording = new EmulatorRecording(address, UpstreamKey, Path) }, World.Token))
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(emulator.BaseAddress, "models?api_key=query-secret-2&limit=1"));
            request.Headers.Authorization = new("Bearer", emulator.ApiKey);
            request.Headers.Add("x-api-key", clientKey);
            using var response = await http.SendAsync(request, World.Token);
            Assert.Contains(clientKey, await response.Content.ReadAsStringAsync(World.Token), StringComparison.Ordinal);
        }

        var lines = await File.ReadAllLinesAsync(Path, World.Token);
        Assert.EndsWith($"\"upstream\":\"http://127.0.0.1:{upstream.Port}\"}}", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"request":{"method":"GET","path":"/v1/models?api_key=(redacted)&limit=1"}""", lines[1], StringComparison.Ordinal);
        var text = string.Join('\n', lines);
        Assert.All([password, clientKey, "query-secret", UpstreamKey, inBase64[12..^4]], secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith("GET /v1/models?key=query-secret-1&api_key=query-secret-2&limit=1 HTTP/1.1\r\n", upstream.Requests.Single(), StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: Bearer {UpstreamKey}\r\n", upstream.Requests.Single(), StringComparison.Ordinal);

        await using var replay = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path, CassetteSpeed = 0 }, World.Token);
        replay.Script.IsStrict = true;
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", replay.ApiKey);
        var replayed = await client.GetStringAsync(new Uri(replay.BaseAddress, "models?api_key=another-key&limit=1"), World.Token);
        Assert.StartsWith("""{"a":"(redacted)","b":""", replayed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_OfHeadersBeyondAscii_PassesTheSameBytesOn()
    {
        using var upstream = new RawServer(RawServer.Json("{}", headers: "X-Utf8: caf\u00C3\u00A9\r\nX-Latin1: caf\u00E9\r\nX-Control: a\u0001b\r\n"));
        var recorded = await SendRawAsync(new CCApiEmulatorOptions { Recording = new EmulatorRecording(new Uri($"http://127.0.0.1:{upstream.Port}/v1"), null, Path) });
        var replayed = await SendRawAsync(new CCApiEmulatorOptions { Cassette = Path });

        foreach (var response in new[] { recorded, replayed })
        {
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", response, StringComparison.Ordinal);
            Assert.Contains("\r\nX-Utf8: caf\u00C3\u00A9\r\n", response, StringComparison.Ordinal);
            Assert.Contains("\r\nX-Latin1: caf\u00E9\r\n", response, StringComparison.Ordinal);
        }

        Assert.Contains("\r\nx-name: caf\u00C3\u00A9\r\n", upstream.Requests.Single(), StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("GET /v1/models/a%2Fb%3Fc%25 HTTP/1.1\r\n", upstream.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfAnEventStream_HasNoOtherHeaders()
    {
        using var upstream = new RawServer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: [DONE]\n\n");
        var recorded = await SendRawAsync(new CCApiEmulatorOptions { Recording = new EmulatorRecording(new Uri($"http://127.0.0.1:{upstream.Port}/v1"), null, Path) });
        var replayed = await SendRawAsync(new CCApiEmulatorOptions { Cassette = Path });

        Assert.Equal(Names(recorded), Names(replayed));

        static string[] Names(string response) => [.. response.Split("\r\n\r\n")[0].Split("\r\n").Skip(1).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Recording_WithAPortThatIsTaken_LeavesNoCassette()
    {
        await using var other = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        var options = new CCApiEmulatorOptions { Port = other.BaseAddress.Port, Recording = new EmulatorRecording(new Uri("http://127.0.0.1:1/v1/"), null, Path) };

        await Assert.ThrowsAsync<IOException>(() => CCApiEmulator.StartAsync(options, World.Token));

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task Recording_OfAnUpstreamThatIsDown_Is502WithOneLine()
    {
        var recording = new EmulatorRecording(new Uri("http://user:password@127.0.0.1:1/v1/?key=secret"), null, Path);
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Recording = recording }, World.Token);
        using var client = emulator.CreateClient(options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<CCApiServerException>(() => client.Catalog.ListModelsAsync(cancellationToken: World.Token));

        Assert.StartsWith("The upstream http://127.0.0.1:1 cannot be reached: ", exception.GatewayMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_OfAnotherRequest_ShowsTheDifferenceInStrictMode()
    {
        await using (var upstream = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = UpstreamKey }, World.Token))
        {
            await RecordAsync(upstream, CallsAsync);
        }

        await using var replay = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path, CassetteSpeed = 0 }, World.Token);
        using var client = replay.CreateClient();
        var madeUp = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 2 + 3?", cancellationToken: World.Token);
        replay.Script.IsStrict = true;
        var exception = await Assert.ThrowsAsync<CCApiBadRequestException>(
            () => client.Chat.CompleteAsync("openai/gpt-4o-mini", "How much is 2 + 3?", cancellationToken: World.Token));

        Assert.Equal("2 + 3 = 5", madeUp.Text);
        Assert.Contains("$.messages[0].content: expected \"Hi\", received \"How much is 2 + 3?\"", exception.GatewayMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":"\ud800"}""")]
    public async Task Replay_OfARequestWithHalfOfASurrogatePair_IsTheDocumentedError(string body)
    {
        const string head = """{"kind":"ccapi-emulator-cassette","version":1}""";
        const string exchange = """{"request":{"method":"POST","path":"/v1/x","text":"{\"a\":\"b\"}"},"response":{"status":200,"headers":{},"pieces":[]}}""";
        await File.WriteAllTextAsync(Path, $"{head}\n{exchange}", World.Token);
        await using var world = await World.StartAsync(options => options.Cassette = Path);
        world.Emulator.Script.IsStrict = true;

        var response = await world.PostAsync("x", body);

        Assert.Equal((400, "cassette"), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Replay_OfAnEditedBody_IgnoresTheHeadersOfTheConnection()
    {
        await File.WriteAllTextAsync(
            Path,
            """
            {"kind":"ccapi-emulator-cassette","version":1}
            {"request":{"method":"GET","path":"/v1/models"},"response":{"status":200,"headers":{"Content-Type":"application/json","Content-Length":"3","transfer-encoding":"chunked","Content-Encoding":"gzip","Connection":"close","x-kept":"a"},"pieces":[{"ms":0,"text":"{\"object\":\"list\",\"data\":[]}"}]}}
            """,
            World.Token);
        await using var world = await World.StartAsync(options => options.Cassette = Path);

        var response = await world.GetAsync("models");

        Assert.Equal((200, """{"object":"list","data":[]}"""), (response.Status, response.Text));
    }

    [Fact]
    public async Task Replay_OfARequestThatOrdersAFault_HasTheFault()
    {
        await File.WriteAllTextAsync(
            Path,
            """
            {"kind":"ccapi-emulator-cassette","version":1}
            {"request":{"method":"GET","path":"/v1/models"},"response":{"status":200,"headers":{"Content-Type":"application/json"},"pieces":[{"ms":0,"text":"{\"object\":\"list\",\"data\":[]}"}]}}
            """,
            World.Token);
        await using var world = await World.StartAsync(options => options.Cassette = Path);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("models", UriKind.Relative));
        request.Headers.Add("X-Emulator-Fault", "status-503");

        var response = await world.SendAsync(request);

        Assert.Equal((503, 200), (response.Status, (await world.GetAsync("models")).Status));
    }

    [Theory]
    [InlineData("", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("{\"rules\":[]}", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":2}", "(1): the cassette has version 2, and this program reads version 1.")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"GET\",\"pa", "(2): the exchange is truncated or damaged.")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n\n{\"request\":{}}", "(3): the exchange is truncated or damaged.")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"GET\",\"path\":\"/v1/models\",\"file\":\"missing.bin\"},\"response\":{\"status\":200,\"headers\":{},\"pieces\":[]}}", "(2): a body beside the cassette cannot be read: ")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":200,\"headers\":{},\"pieces\":[{\"ms\":1e300,\"text\":\"x\"}]}}", "(2): the exchange is truncated or damaged (ms must be from 0 to 2147483647). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":200,\"headers\":{},\"pieces\":[{\"ms\":-5,\"text\":\"x\"}]}}", "(2): the exchange is truncated or damaged (ms must be from 0 to 2147483647). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":0,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (status must be from 200 to 999). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":99,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (status must be from 200 to 999). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":1000,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (status must be from 200 to 999). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":1.5,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (status must be from 200 to 999). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":99999999999,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (status must be from 200 to 999). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":\"200\",\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (status must be from 200 to 999). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\",\"method\":\"GET\"},\"response\":{\"status\":200,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged. Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\",\"file\":\"a\\u0000b\"},\"response\":{\"status\":200,\"headers\":{},\"pieces\":[]}}", "(2): ")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\",\"text\":\"\\ud83d\"},\"response\":{\"status\":200,\"headers\":{},\"pieces\":[]}}", "(2): the exchange is truncated or damaged. Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":200,\"headers\":{\"x\":\"a\\nb\"},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (a header has a character that a header cannot have). Delete")]
    [InlineData("{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}\n{\"request\":{\"method\":\"POST\",\"path\":\"/v1/x\"},\"response\":{\"status\":200,\"headers\":{\"x y\":\"a\"},\"pieces\":[]}}", "(2): the exchange is truncated or damaged (a header has a character that a header cannot have). Delete")]
    [InlineData("{\"kind\":\"a\",\"kind\":\"b\"}", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("{\"kind\":\"\\ud83d\"}", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("{\"kind\":{\"a\":1}}", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("[]", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("null", "(1): this is not a cassette of ccapi-emulator.")]
    [InlineData("\"x\"", "(1): this is not a cassette of ccapi-emulator.")]
    public async Task Start_UnusableCassette_NamesFileAndLine(string content, string expected)
    {
        await File.WriteAllTextAsync(Path, content, World.Token);

        var exception = await Assert.ThrowsAsync<EmulatorCassetteException>(() => CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path }, World.Token));

        Assert.StartsWith(Path + expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MissingCassette_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<EmulatorCassetteException>(() => CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path }, World.Token));

        Assert.StartsWith($"{Path} cannot be read: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_OntoAFileThatExists_IsRejected()
    {
        await File.WriteAllTextAsync(Path, "mine", World.Token);
        var recording = new EmulatorRecording(new Uri("http://127.0.0.1:1/v1/"), null, Path);

        await Assert.ThrowsAsync<IOException>(() => CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Recording = recording }, World.Token));

        Assert.Equal("mine", await File.ReadAllTextAsync(Path, World.Token));
    }

    [Fact]
    public async Task Replay_FileNamedOutsideTheFolder_IsNotRead()
    {
        var outside = System.IO.Path.Combine(_folder.FullName, "secret.txt");
        await File.WriteAllTextAsync(outside, "secret", World.Token);
        var line = new JsonObject
        {
            ["request"] = new JsonObject { ["method"] = "GET", ["path"] = "/v1/models" },
            ["response"] = new JsonObject { ["status"] = 200, ["headers"] = new JsonObject(), ["pieces"] = new JsonArray(new JsonObject { ["ms"] = 0, ["file"] = "../secret.txt" }) },
        };
        await File.WriteAllTextAsync(Path, $"{{\"kind\":\"ccapi-emulator-cassette\",\"version\":1}}\n{line.ToJsonString()}", World.Token);

        await Assert.ThrowsAsync<EmulatorCassetteException>(() => CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Cassette = Path }, World.Token));
    }

    /// <summary>Requests a path by raw bytes, and returns the response as one character for each byte.</summary>
    private static async Task<string> SendRawAsync(CCApiEmulatorOptions options)
    {
        await using var emulator = await CCApiEmulator.StartAsync(options, World.Token);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", emulator.BaseAddress.Port, World.Token);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes($"GET /v1/models/a%2Fb%3Fc%25 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {emulator.ApiKey}\r\nX-Name: caf\u00C3\u00A9\r\nConnection: close\r\n\r\n"), World.Token);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, World.Token);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    private static async Task<string[]> HangUpAsync(CCApiEmulator emulator)
    {
        using var client = emulator.CreateClient();
        await using var stream = client.Chat.StreamAsync("m", "Tell a story.", cancellationToken: World.Token);
        await using var chunks = stream.GetAsyncEnumerator(World.Token);
        await chunks.MoveNextAsync();
        return [];
    }

    private async Task<string[]> RecordAsync(CCApiEmulator upstream, Func<CCApiEmulator, Task<string[]>> calls)
    {
        var recording = new EmulatorRecording(upstream.BaseAddress, UpstreamKey, Path);
        await using var recorder = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { Recording = recording }, World.Token);
        return await calls(recorder);
    }

    /// <summary>A plain call, a stream, an error, bytes, and a catalog.</summary>
    private static async Task<string[]> CallsAsync(CCApiEmulator emulator)
    {
        using var client = emulator.CreateClient(options => options.Retry.MaxRetries = 0);
        var plain = await client.Chat.CompleteAsync("openai/gpt-4o-mini", "Hi", cancellationToken: World.Token);
        var stream = await client.Chat.StreamAsync("openai/gpt-4o-mini", "Hi", cancellationToken: World.Token).ReadTextAsync(World.Token).ToArrayAsync(World.Token);
        var error = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => client.Chat.CompleteAsync("no/model", "Hi", cancellationToken: World.Token));
        var models = await client.Catalog.ListModelsAsync(new ModelListQuery { Limit = 3 }, cancellationToken: World.Token);
        await using var speech = await client.Audio.StreamSpeechAsync(
            new AudioSpeechRequest { Model = "emulator/raw-speech", Input = "Hello", Voice = "aria" }, cancellationToken: World.Token);
        using var bytes = new MemoryStream();
        await speech.CopyToAsync(bytes, World.Token);
        return [plain.Text!, plain.Id!, string.Join('|', stream), error.Message, models.Data![2].Id!, Convert.ToBase64String(bytes.ToArray())];
    }
}
