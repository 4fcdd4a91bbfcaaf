using System;
using System.Linq;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class StructuredOutputCallTests
{
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}""";
    private const string AsSchema = ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"CityArgs\",\"schema\":" + Schema + ",\"strict\":true}}}";
    private const string User = """{"role":"user","content":"Hi"}""";
    private const string Refusal = """{"error":{"message":"m does not support response_format.","param":"response_format"}}""";

    private static readonly string _instruction = """{"role":"system","content":QUOTED},""".Replace("QUOTED", Wire.Quote("Respond with only JSON that matches this JSON schema: " + Schema));

    private readonly ChatScript _script = new();

    [Fact]
    public async Task RunAsync_ResponseThatFits_SendsOneRequest()
    {
        var response = await Respond("""{"city":"Oslo"}""").RunAsync(SampleJson.Default.CityArgs);

        Assert.Equal(("Oslo", 10L, "req-1"), (response.Value.City, response.Usage!.TotalTokens, response.Response!.Info!.RequestId));
        Assert.Equal(["{\"model\":\"m\",\"messages\":[" + User + "]" + AsSchema], _script.Bodies);
    }

    [Fact]
    public async Task RunAsync_ResponseThatDoesNotFit_RetriesWithTheProblem()
    {
        var response = await Respond("""{"town":"Oslo"}""").Respond("""{"city":"Oslo"}""").RunAsync(SampleJson.Default.CityArgs);

        Assert.Equal(("Oslo", 20L, 2), (response.Value.City, response.Usage!.TotalTokens, response.Responses.Count));
        Assert.Equal(
            "{\"model\":\"m\",\"messages\":[" + User + """,{"role":"assistant","content":"{\"town\":\"Oslo\"}"},""" +
            """{"role":"user","content":"That response cannot be used: $.city is missing. Respond again with only JSON that matches the schema."}]""" + AsSchema,
            _script.Bodies[1]);
    }

    [Fact]
    public async Task RunAsync_OfARefusedSchema_AsksForAnyObject()
    {
        var response = await Fail(Refusal, HttpStatusCode.BadRequest).Respond("```json\n{\"city\":\"Oslo\"}\n```").RunAsync(SampleJson.Default.CityArgs);

        Assert.Equal(("Oslo", 1), (response.Value.City, response.Responses.Count));
        Assert.Equal("{\"model\":\"m\",\"messages\":[" + _instruction + User + "],\"response_format\":{\"type\":\"json_object\"}}", _script.Bodies[1]);
    }

    [Fact]
    public async Task RunAsync_EveryFormRejected_PutsTheSchemaIntoAMessage()
    {
        var response = await Fail(Refusal, HttpStatusCode.BadRequest).Fail(Refusal, HttpStatusCode.BadRequest).Respond("It is {\"city\":\"Oslo\"}.").RunAsync(SampleJson.Default.CityArgs);

        Assert.Equal("Oslo", response.Value.City);
        Assert.Equal("{\"model\":\"m\",\"messages\":[" + _instruction + User + "]}", _script.Bodies[2]);
    }

    [Fact]
    public async Task RunAsync_OfARejectedFormat_RemembersItForTheModelAndClient()
    {
        var client = Fail(Refusal, HttpStatusCode.BadRequest).Fail(Refusal, HttpStatusCode.BadRequest)
            .Respond("""{"city":"Oslo"}""").Respond("""{"city":"Rome"}""").Respond("""{"value":["a"]}""")._script.CreateClient();

        await client.CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs);
        await client.CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs);
        await client.CompleteAsync(ChatScript.Request, SampleJson.Default.StringArray);

        Assert.Equal(5, _script.Bodies.Count);
        Assert.All(_script.Bodies.Skip(2), body => Assert.DoesNotContain("response_format", body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OfARejectedSchema_RemembersItForTheType()
    {
        const string Rejection = """{"error":{"message":"Invalid schema for response_format 'CityArgs'.","param":"response_format"}}""";
        var client = Fail(Rejection, HttpStatusCode.BadRequest).Respond("""{"city":"Oslo"}""").Respond("""{"city":"Rome"}""").Respond("""{"value":["a"]}""")._script.CreateClient();

        await client.CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs);
        await client.CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs);
        await client.CompleteAsync(ChatScript.Request, SampleJson.Default.StringArray);

        Assert.Equal(
            ["json_schema", "json_object", "json_object", "json_schema"],
            _script.Bodies.Select(body => body.Contains("\"json_object\"") ? "json_object" : body.Contains("\"json_schema\"") ? "json_schema" : ""));
    }

    [Fact]
    public async Task RunAsync_OfATruncatedTree_IsNoneOfItsLeaves()
    {
        _script.Respond(ChatScript.Plain("""{"content":"{\"name\":\"root\",\"branches\":[{\"name\":\"leaf\",\"branches\":[]},"}""", "length"), "application/json");

        var exception = await Assert.ThrowsAsync<ChatStructuredOutputException>(() => RunAsync(SampleJson.Default.Branch));

        Assert.Equal((StructuredOutputError.Truncated, 1), (exception.Fault, _script.Bodies.Count));
    }

    [Fact]
    public async Task RunAsync_FormDeclinedInAText_Throws()
    {
        Fail(Refusal, HttpStatusCode.BadRequest).Fail(Refusal, HttpStatusCode.BadRequest).Fail(Refusal, HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => RunAsync(SampleJson.Default.CityArgs));

        Assert.Equal(3, _script.Bodies.Count);
    }

    [Fact]
    public async Task RunAsync_OfAnotherMistake_DoesNotTryAnotherForm()
    {
        Fail("""{"error":{"message":"Wrong.","param":"messages"}}""", HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => RunAsync(SampleJson.Default.CityArgs));

        Assert.Single(_script.Bodies);
    }

    [Fact]
    public async Task RunAsync_TwoResponsesThatDoNotFit_ThrowsWithTheUsageOfBoth()
    {
        Respond("Oslo").Respond("Oslo!");

        var exception = await Assert.ThrowsAsync<ChatStructuredOutputException>(() => RunAsync(SampleJson.Default.CityArgs));

        Assert.Equal(
            (StructuredOutputError.Unreadable, 20L, "req-1", HttpStatusCode.OK, 1),
            (exception.Fault, exception.Usage!.TotalTokens, exception.RequestId, exception.StatusCode!.Value, exception.Attempts.Count));
    }

    [Fact]
    public async Task RunAsync_OfASecondCallThatFails_ThrowsWithWhatTheFirstUsed()
    {
        Respond("Oslo").Fail("""{"error":{"message":"Add credit.","code":"insufficient_funds"}}""", HttpStatusCode.PaymentRequired);

        var exception = await Assert.ThrowsAsync<ChatStructuredOutputException>(() => RunAsync(SampleJson.Default.CityArgs));

        Assert.IsType<CCApiBillingException>(exception.InnerException);
        Assert.Equal((10L, HttpStatusCode.PaymentRequired), (exception.Usage!.TotalTokens, exception.StatusCode!.Value));
    }

    [Theory]
    [InlineData("""{"content":null,"refusal":"No."}""", "stop", StructuredOutputError.Refused)]
    [InlineData("""{"content":"{\"city\":\"Os"}""", "content_filter", StructuredOutputError.Filtered)]
    [InlineData("""{"content":"{\"city\":\"Os"}""", "length", StructuredOutputError.Truncated)]
    public async Task RunAsync_StoppedResponse_IsNotRetried(string message, string finishReason, StructuredOutputError fault)
    {
        _script.Respond(ChatScript.Plain(message, finishReason), "application/json");

        var exception = await Assert.ThrowsAsync<ChatStructuredOutputException>(() => RunAsync(SampleJson.Default.CityArgs));

        Assert.Equal((fault, 10L, 1), (exception.Fault, exception.Usage!.TotalTokens, _script.Bodies.Count));
    }

    [Fact]
    public async Task RunAsync_CompleteResponseAtTheLimit_IsAccepted()
    {
        _script.Respond(ChatScript.Plain("""{"content":"{\"city\":\"Oslo\"}"}""", "length"), "application/json");

        Assert.Equal("Oslo", (await RunAsync(SampleJson.Default.CityArgs)).Value.City);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"choices":[{"message":null}]}""")]
    public async Task RunAsync_EmptyResponse_IsRetried(string json)
    {
        if (json == "{}")
        {
            json = """{"choices":[]}""";
        }

        _script.Respond(json, "application/json");

        var response = await Respond("""{"city":"Oslo"}""").RunAsync(SampleJson.Default.CityArgs);

        Assert.Equal("Oslo", response.Value.City);
        Assert.Contains("""{"role":"assistant","content":""},{"role":"user","content":"That response cannot be used: it is empty. """, _script.Bodies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OfAList_WrapsIt()
    {
        var response = await Respond("""{"value":["a"]}""").RunAsync(SampleJson.Default.StringArray);

        Assert.Equal(["a"], response.Value);
        Assert.Contains("""{"name":"String","schema":{"type":"object","properties":{"value":{"type":"array",""", _script.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OfAnIdempotencyKey_NumbersTheCalls()
    {
        var gateway = new FakeGateway();
        gateway.Respond(400, Refusal).Respond(200, ChatScript.Plain("""{"content":"?"}""")).Respond(200, ChatScript.Plain("""{"content":"{\"city\":\"Oslo\"}"}"""));
        using var client = gateway.Client();

        await client.Chat.CompleteAsync(ChatScript.Request, SampleJson.Default.CityArgs, new CCApiRequestOptions { IdempotencyKey = "k" });

        Assert.Equal(["k", "k-2", "k-3"], gateway.Sent.Select(sent => sent.Header("Idempotency-Key")));
    }

    [Fact]
    public void Check_OfWhatTheTypeDecides_SaysTheFix()
    {
        ChatMessage[] messages = [ChatMessage.User("Hi")];
        ChatCompletionRequest[] wrong =
        [
            new() { Model = "m", Messages = messages, Stream = true },
            new() { Model = "m", Messages = messages, N = 2 },
            new() { Model = "m", Messages = messages, ResponseFormat = new ChatResponseFormat { Type = ChatResponseFormatType.Text } },
        ];

        Assert.All(wrong, request => Assert.StartsWith(
            "A completion of a type is a single one, is read when it is complete, and its type decides the format: leave Stream, N and ResponseFormat unset.",
            Assert.Throws<ArgumentException>(() => StructuredOutputCall.Check(request)).Message,
            StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => StructuredOutputCall.Check(new ChatCompletionRequest { Model = "", Messages = messages }));
        StructuredOutputCall.Check(new ChatCompletionRequest { Model = "m", Messages = messages, N = 1, Stream = false });
    }

    private StructuredOutputCallTests Respond(string content) => Add(ChatScript.Plain("{\"role\":\"assistant\",\"content\":" + Wire.Quote(content) + "}"), HttpStatusCode.OK);

    private StructuredOutputCallTests Fail(string body, HttpStatusCode status) => Add(body, status);

    private StructuredOutputCallTests Add(string body, HttpStatusCode status)
    {
        _script.Respond(body, "application/json", status);
        return this;
    }

    private Task<ChatStructuredResponse<T>> RunAsync<T>(JsonTypeInfo<T> type) => _script.CreateClient().CompleteAsync(ChatScript.Request, type);
}
