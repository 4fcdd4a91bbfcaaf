using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CCApi.Emulator.Tests.Http;

public class RequestContentTests
{
    [Theory]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"a":{"\udc00":1}}""")]
    public void Parse_BodyThatIsNotAnObject_IsUnreadable(string body)
    {
        var (parsed, problem) = RequestContent.Parse(Request("POST", body), Encoding.UTF8.GetBytes(body));

        Assert.Null(parsed);
        Assert.Equal(RequestContent.Unreadable().Body, problem!.Body);
    }

    [Fact]
    public void Parse_MillionsOfValues_IsAProblem()
    {
        var body = $$"""{"a":[{{string.Concat(Enumerable.Repeat("{},", 300_000))}}{}]}""";

        var (parsed, problem) = RequestContent.Parse(Request("POST", body), Encoding.UTF8.GetBytes(body));

        Assert.Null(parsed);
        Assert.Contains("has more than 1000000 JSON values", Encoding.UTF8.GetString(problem!.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Object_IsRead()
    {
        var (parsed, problem) = RequestContent.Parse(Request("POST", """{"a":1}"""), """{"a":1}"""u8.ToArray());

        Assert.Equal(1, (int)parsed!["a"]!);
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task ReadAsync_MethodWithoutBody_ReadsNothing(string method)
    {
        var context = Request(method, "not JSON");

        var (body, problem) = await RequestContent.ReadAsync(context);

        Assert.Empty(body);
        Assert.Null(problem);
        Assert.Empty(RequestContent.Parse(context, body).Body!);
    }

    [Theory]
    [InlineData("DELETE", "models")]
    [InlineData("PATCH", "models")]
    [InlineData("PUT", "nothing")]
    public async Task Request_WithoutABodyForNoOperation_IsNotFound(string method, string path)
    {
        await using var world = await World.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));

        using var response = await world.Http.SendAsync(request, World.Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("chat/completions")]
    [InlineData("audio/speech")]
    [InlineData("images/generations")]
    [InlineData("images/generate")]
    public async Task Request_WithHalfOfASurrogatePairInAName_IsRejected(string path)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(path, """{"\ud800":1}""");

        Assert.Equal((400, "bad_request_body"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Request_OfMillionsOfValues_IsRejected()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.WhenChat("zzz").Reply("Never.");
        var values = string.Concat(Enumerable.Repeat("{},", 300_000));

        var response = await world.ChatAsync("Hi", $$"""  "metadata":{"a":[{{values}}{}]} """);

        Assert.Equal((400, "bad_request_body"), (response.Status, response.Error["code"]!.GetValue<string>()));
        Assert.Null(Assert.Single(world.Emulator.Requests).Json);
    }

    private static DefaultHttpContext Request(string method, string body)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return context;
    }
}
