using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ChatRunTests
{
    private readonly ToolScript _script = new();

    [Fact]
    public async Task RunAsync_ParallelCallsOneThrowsOneIsBroken_EndsWithTheResponse()
    {
        var together = new Rendezvous(2);
        _script.Tools.Add("get_weather", "Current weather", SampleJson.Default.WeatherArgs, SampleJson.Default.Weather, async (args, _) =>
        {
            await together.ArriveAsync();
            return new Weather(-3, $"snow in {args.City}");
        });
        _script.Tools.Add("get_time", "Local time", SampleJson.Default.CityArgs, async (args, _) =>
        {
            await together.ArriveAsync();
            throw new InvalidOperationException($"The clock of {args.City} stands still.");
        });
        _script
            .Turn("""a get_weather {"city":"Oslo","days":null,"unit":null}""", """b get_time {"city":"Oslo"}""", """c get_weather {"city":"Rome" """.Trim())
            .Turn("""d get_weather {"city":"Rome","days":3,"unit":"Celsius"}""")
            .Respond("""{"role":"assistant","content":"Snow in both.","reasoning_content":"hm"}""");
        _script.Tools.Add("unused", "Never called", """{"type":"object"}""", (_, _) => Task.FromResult(""));

        await _script.RunAsync();

        const string Tools = "\"tools\":[" +
            """{"type":"function","function":{"name":"get_weather","description":"Current weather","parameters":{"description":"Where and when","type":"object","properties":{"city":{"description":"The city, in English","type":"string"},"days":{"description":"How many days ahead (default: 1)","type":["integer","null"]},"unit":{"description":"default: Celsius","type":["string","null"],"enum":["Celsius","Fahrenheit",null]}},"required":["city","days","unit"],"additionalProperties":false},"strict":true}},""" +
            """{"type":"function","function":{"name":"get_time","description":"Local time","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false},"strict":true}},""" +
            """{"type":"function","function":{"name":"unused","description":"Never called","parameters":{"type":"object"}}}]""";
        const string First = """{"role":"user","content":"Hi"}""";
        const string Second = First + """,{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\",\"days\":null,\"unit\":null}"}},{"id":"b","type":"function","function":{"name":"get_time","arguments":"{\"city\":\"Oslo\"}"}},{"id":"c","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},"""
            + """{"role":"tool","content":"{\"temperature\":-3,\"sky\":\"snow in Oslo\"}","tool_call_id":"a"},"""
            + """{"role":"tool","content":"{\"error\":\"get_time failed: The clock of Oslo stands still.\"}","tool_call_id":"b"},"""
            + """{"role":"tool","content":"{\"error\":\"The arguments of get_weather are not valid: they are not valid JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. Call it again with arguments that match its schema. The arguments were: {\\\"city\\\":\\\"Rome\\\"\"}","tool_call_id":"c"}""";
        const string Third = Second + """,{"role":"assistant","content":null,"tool_calls":[{"id":"d","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Rome\",\"days\":3,\"unit\":\"Celsius\"}"}}]},"""
            + """{"role":"tool","content":"{\"temperature\":-3,\"sky\":\"snow in Rome\"}","tool_call_id":"d"}""";
        Assert.Equal(
            new[] { First, Second, Third }.Select(messages => $$"""{"model":"m","messages":[{{messages}}],{{Tools}}}"""),
            _script.Gateway.Bodies);
        Assert.Equal(
            """
            turn 
            call get_weather({"city":"Oslo","days":null,"unit":null})
            call get_time({"city":"Oslo"})
            call get_weather({"city":"Rome")
            result get_weather: {"temperature":-3,"sky":"snow in Oslo"}
            error get_time: {"error":"get_time failed: The clock of Oslo stands still."}
            error get_weather: {"error":"The arguments of get_weather are not valid: they are not valid JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. Call it again with arguments that match its schema. The arguments were: {\"city\":\"Rome\""}
            turn 
            call get_weather({"city":"Rome","days":3,"unit":"Celsius"})
            result get_weather: {"temperature":-3,"sky":"snow in Rome"}
            turn Snow in both.
            done Completed Snow in both.
            """.Replace("\r", ""),
            _script.ToString());
        Assert.Equal((3, 30L), (_script.Done.Turns, _script.Done.Usage!.TotalTokens));
        Assert.Equal(
            $$"""{{Third}},{"role":"assistant","content":"Snow in both.","reasoning_content":"hm"}""",
            string.Join(",", _script.Done.Messages.Select(message => Wire.Write(message))));
    }

    [Fact]
    public async Task RunAsync_OfASecondRun_GoesOnWithTheConversation()
    {
        await _script.Tool("a", city => city).Turn("""x a {"city":"Oslo"}""").Respond().RunAsync();
        _script.Respond("""{"role":"assistant","content":"Again."}""");

        await foreach (var step in _script.Gateway.CreateClient().RunAsync(
            new ChatCompletionRequest { Model = "m", Messages = [.. _script.Done.Messages, ChatMessage.User("And?")] }, _script.Tools))
        {
            _script.Steps.Add(step);
        }

        Assert.EndsWith(
            """{"role":"tool","content":"Oslo","tool_call_id":"x"},{"role":"assistant","content":"Done."},{"role":"user","content":"And?"}],"tools":""",
            _script.Gateway.Bodies[2].Substring(0, _script.Gateway.Bodies[2].IndexOf("\"tools\":", StringComparison.Ordinal) + 8),
            StringComparison.Ordinal);
        Assert.Equal("Again.", _script.Done.Text);
    }

    [Fact]
    public async Task RunAsync_Streamed_GivesTheTextAsItComes()
    {
        _script.Tool("a", city => $"snow in {city}");
        _script.Gateway
            .Respond(ChatScript.Frames(
                ChatScript.Text("Let me "),
                ChatScript.Text("see."),
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"x","type":"function","function":{"name":"a","arguments":"{\"city\":"}}]}}]}""",
                """{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Oslo\"}"}}]},"finish_reason":"tool_calls"}]}""",
                """{"choices":[],"usage":{"total_tokens":7}}""") + "data: [DONE]\n\n")
            .Respond(ChatScript.Frames("""{"choices":[{"index":0,"delta":{"reasoning_content":"Cold."}}]}""", ChatScript.Text("It "), ChatScript.Text("snows.", "stop"), """{"choices":[],"usage":{"total_tokens":5}}""") + "data: [DONE]\n\n");

        await _script.RunAsync(new ChatRunOptions { Stream = true });

        Assert.Equal(
            """
            text Let me 
            text see.
            turn Let me see.
            call a({"city":"Oslo"})
            result a: snow in Oslo
            thought Cold.
            text It 
            text snows.
            turn It snows.
            done Completed It snows.
            """.Replace("\r", ""),
            _script.ToString());
        Assert.Equal(12, _script.Done.Usage!.TotalTokens);
        Assert.Equal(
            """{"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Let me see.","tool_calls":[{"id":"x","type":"function","function":{"name":"a","arguments":"{\"city\":\"Oslo\"}"}}]},{"role":"tool","content":"snow in Oslo","tool_call_id":"x"}],"stream":true,"stream_options":{"include_usage":true},"tools":""",
            _script.Gateway.Bodies[1].Substring(0, _script.Gateway.Bodies[1].IndexOf("\"tools\":", StringComparison.Ordinal) + 8));
    }

    [Fact]
    public async Task RunAsync_OfARequest_LeavesItAlone()
    {
        var before = Wire.Write(ChatScript.Request);

        await _script.Tool("a", city => city).Turn("""x a {"city":"Oslo"}""").Respond().RunAsync(new ChatRunOptions { ParallelToolCalls = true });

        Assert.Equal(before, Wire.Write(ChatScript.Request));
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("")]
    [InlineData("tool_use")]
    public async Task RunAsync_OfCallsWithAnotherFinishReason_RunsThem(string finishReason)
    {
        _script.Tool("a", city => city).Respond(ToolScript.Calls("""x a {"city":"Oslo"}"""), finishReason).Respond();

        await _script.RunAsync();

        Assert.Equal((2, "Done."), (_script.Done.Turns, _script.Done.Text));
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null}""")]
    [InlineData("""{"role":"assistant","content":"","tool_calls":[]}""")]
    [InlineData("null")]
    public async Task RunAsync_OfAFinishReasonWithoutCalls_Ends(string message)
    {
        await _script.Tool("a", city => city).Respond(message, "tool_calls").RunAsync();

        Assert.Equal((ChatRunEnd.Completed, 1), (_script.Done.End, _script.Done.Turns));
        Assert.Equal(message == "null" ? 1 : 2, _script.Done.Messages.Count);
    }

    [Fact]
    public async Task RunAsync_OfCallsWithoutAnId_GivesThemOne()
    {
        _script.Tool("a", city => city)
            .Respond("""{"content":null,"tool_calls":[{"function":{"name":"a","arguments":{"city":"Oslo"}}},{"id":"","function":{"name":"a","arguments":{"city":"Rome"}}}]}""")
            .Respond();

        await _script.RunAsync();

        Assert.Contains(
            """{"role":"assistant","content":null,"tool_calls":[{"id":"call00000","type":"function","function":{"name":"a","arguments":{"city":"Oslo"}}},{"id":"call00001","type":"function","function":{"name":"a","arguments":{"city":"Rome"}}}]},{"role":"tool","content":"Oslo","tool_call_id":"call00000"},{"role":"tool","content":"Rome","tool_call_id":"call00001"}""",
            _script.Gateway.Bodies[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OfTheLastTurn_DoesNotRunItsCalls()
    {
        var runs = 0;
        _script.Tool("a", city => $"{++runs}").Turn("""x a {"city":"Oslo"}""").Turn("""y a {"city":"Oslo"}""");

        await _script.RunAsync(new ChatRunOptions { MaxTurns = 2 });

        Assert.Equal((ChatRunEnd.MaxTurns, 1, 2), (_script.Done.End, runs, _script.Done.Turns));
        Assert.Equal(
            """{"role":"tool","content":"{\"error\":\"This call was not run, because a limit was reached.\"}","tool_call_id":"y"}""",
            Wire.Write(_script.Done.Messages[_script.Done.Messages.Count - 1]));
    }

    [Fact]
    public async Task RunAsync_OfTooManyTokens_Ends()
    {
        _script.Tool("a", city => city).Turn("""x a {"city":"Oslo"}""").Turn("""y a {"city":"Oslo"}""");

        await _script.RunAsync(new ChatRunOptions { MaxTotalTokens = 20 });

        Assert.Equal((ChatRunEnd.TokenLimit, 2, 20L), (_script.Done.End, _script.Done.Turns, _script.Done.Usage!.TotalTokens));
    }

    [Fact]
    public async Task RunAsync_OfTurnsThatOnlyFail_Ends()
    {
        _script.Tool("a", city => city == "Oslo" ? city : throw new InvalidOperationException("No such city."))
            .Turn("""x a {"city":"?"}""", """y a {"city":"?"}""").Turn("""z a {"city":"?"}""", """u a {"city":"Oslo"}""").Turn("""v a {"city":"?"}""").Turn("w b {}");

        await _script.RunAsync(new ChatRunOptions { MaxConsecutiveErrors = 1 });

        Assert.Equal((ChatRunEnd.TooManyErrors, 4), (_script.Done.End, _script.Done.Turns));
        Assert.Equal(ChatRole.Tool, _script.Done.Messages[_script.Done.Messages.Count - 1].Role);
    }

    [Theory]
    [InlineData(null, null, "")]
    [InlineData(true, null, ",\"parallel_tool_calls\":true")]
    [InlineData(false, null, ",\"parallel_tool_calls\":false")]
    [InlineData(null, false, ",\"parallel_tool_calls\":false")]
    [InlineData(true, false, ",\"parallel_tool_calls\":true")]
    public async Task RunAsync_OfASettingForParallelCalls_SendsItWhenItIsSet(bool? option, bool? request, string expected)
    {
        _script.Tool("a", city => city).Respond();
        var asked = new ChatCompletionRequest { Model = "m", Messages = [ChatMessage.User("Hi")], ParallelToolCalls = request };

        await DrainAsync(_script.Gateway.CreateClient().RunAsync(asked, _script.Tools, new ChatRunOptions { ParallelToolCalls = option }));

        Assert.EndsWith($$$"""}}]{{{expected}}}}""", _script.Gateway.Bodies[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("required", true)]
    [InlineData("a", true)]
    [InlineData("auto", false)]
    public async Task RunAsync_OfAToolThatMustBeCalled_IsForTheFirstTurn(string choice, bool isFirstOnly)
    {
        _script.Tool("a", city => city).Turn("""x a {"city":"Oslo"}""").Respond();
        var request = new ChatCompletionRequest
        {
            Model = "m",
            Messages = [ChatMessage.User("Hi")],
            ToolChoice = choice == "a" ? ChatToolChoice.Function("a") : new ChatToolChoice(choice),
        };

        await DrainAsync(_script.Gateway.CreateClient().RunAsync(request, _script.Tools));

        Assert.Contains("tool_choice", _script.Gateway.Bodies[0], StringComparison.Ordinal);
        Assert.Equal(isFirstOnly, !_script.Gateway.Bodies[1].Contains("tool_choice"));
    }

    [Fact]
    public async Task RunAsync_WithoutTools_SendsNone()
    {
        await _script.Respond().RunAsync();

        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", Assert.Single(_script.Gateway.Bodies));
    }

    [Fact]
    public async Task RunAsync_OfAnIdempotencyKey_NumbersTheTurns()
    {
        var gateway = new FakeGateway();
        gateway.Respond(200, ChatScript.Plain(ToolScript.Calls("""x a {"city":"Oslo"}"""))).Respond(200, ChatScript.Plain("""{"content":"Done."}"""));
        using var client = gateway.Client();

        await DrainAsync(client.Chat.RunAsync(ChatScript.Request, _script.Tool("a", city => city).Tools, options: new CCApiRequestOptions { IdempotencyKey = "k" }));

        Assert.Equal(["k", "k-2"], gateway.Sent.Select(sent => sent.Header("Idempotency-Key")));
    }

    [Fact]
    public async Task RunAsync_OfAFailedCall_ThrowsWhatThePlainCallThrows()
    {
        _script.Tool("a", city => city).Turn("""x a {"city":"Oslo"}""").Gateway
            .Respond("""{"error":{"message":"Add credit.","code":"insufficient_funds"}}""", "application/json", System.Net.HttpStatusCode.PaymentRequired);

        await Assert.ThrowsAsync<CCApiBillingException>(() => _script.RunAsync());

        // What was kept of the steps is a conversation that can go on.
        var kept = _script.Steps.Select(step => (step as ChatTurnStep)?.Message ?? (step as ChatToolResultStep)?.Message).Where(message => message is not null);
        Assert.Equal(["assistant", "tool"], kept.Select(message => message!.Role!.Value.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfAFailureInALaterTurn_CarriesWhatWasDone(bool stream)
    {
        Calls(stream, """x a {"city":"Oslo"}""").Gateway
            .Respond("""{"error":{"message":"Add credit.","code":"insufficient_funds"}}""", "application/json", System.Net.HttpStatusCode.PaymentRequired);

        var exception = await Assert.ThrowsAsync<CCApiBillingException>(() => _script.Tool("a", city => city).RunAsync(new ChatRunOptions { Stream = stream }));

        var progress = exception.RunProgress!;
        Assert.Equal((1, 10L), (progress.Turns, progress.Usage!.TotalTokens));
        Assert.Equal(["user", "assistant", "tool"], progress.Messages.Select(message => message.Role!.Value.Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ClientDisposedWhileAToolHangs_ThrowsWithWhatWasDone(bool inApproval)
    {
        using var client = new CCApiClient(new HttpClient(_script.Gateway), _script.Gateway.Options);
        var options = new ChatRunOptions();
        if (inApproval)
        {
            options.ApproveAsync = (_, _) => HangAsync<bool>();
        }

        _script.Turn("""x a {"city":"Oslo"}""").Tool("a", (_, _) => HangAsync<string>());

        var exception = await Assert.ThrowsAsync<ObjectDisposedException>(() => Patience.Wait(ReadAsync()));

        Assert.Equal(1, ChatRunProgress.Of(exception)?.Turns);

        Task<T> HangAsync<T>()
        {
            client.Dispose();
            return new TaskCompletionSource<T>().Task;
        }

        async Task ReadAsync()
        {
            await foreach (var step in client.Chat.RunAsync(ChatScript.Request, _script.Tools, options))
            {
                _script.Steps.Add(step);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_Canceled_CarriesWhatWasDone(bool stream)
    {
        using var source = new CancellationTokenSource();
        Calls(stream, """x a {"city":"Oslo"}""");
        var options = new ChatRunOptions { Stream = stream, MaxParallelCalls = 2, MaxTotalTokens = 1000 };
        _script.Tool("a", async (_, cancellationToken) =>
        {
            source.CancelAfter(TimeSpan.Zero);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return "";
        });

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Patience.Wait(_script.RunAsync(options, cancellationToken: source.Token)));

        var progress = ChatRunProgress.Of(exception)!;
        Assert.Equal((1, 10L, 3), (progress.Turns, progress.Usage!.TotalTokens, progress.Messages.Count));
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfAGatewayThatRepeatsItsIds_KeepsThemUnique(bool stream)
    {
        Calls(stream, """call_0 a {"city":"Oslo"}""", """call_1 a {"city":"Rome"}""");
        Calls(stream, """call_0 a {"city":"Lima"}""", """call_0 a {"city":"Bonn"}""");
        Text(stream, "Done.");

        await _script.Tool("a", city => city).RunAsync(new ChatRunOptions { Stream = stream });

        var ids = _script.Done.Messages.SelectMany(message => message.ToolCalls ?? []).Select(call => call.Id).ToList();
        Assert.Equal(["call_0", "call_1", "call00000", "call00001"], ids);
        Assert.Equal(ids, _script.Done.Messages.Select(message => message.ToolCallId).Where(id => id is not null));
        Assert.Contains("""{"role":"tool","content":"Bonn","tool_call_id":"call00001"}""", _script.Gateway.Bodies[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfArgumentsThatAreNotAnObject_SendsAnObjectBack(bool stream)
    {
        Calls(stream, """x a {"City":"Os""");
        Text(stream, "Done.");

        await _script.Tool("a", city => city).RunAsync(new ChatRunOptions { Stream = stream });

        Assert.Contains("""{"role":"assistant","content":null,"tool_calls":[{"id":"x","type":"function","function":{"name":"a","arguments":"{}"}}]}""", _script.Gateway.Bodies[1], StringComparison.Ordinal);
        Assert.Contains("""The arguments were: {\\\"City\\\":\\\"Os""", _script.Gateway.Bodies[1], StringComparison.Ordinal);
        Assert.Equal("""{"City":"Os""", _script.Steps.OfType<ChatToolCallStep>().Single().Arguments);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_OfArgumentsEncodedTwiceWithHalfACharacter_ReportsThemToTheModel(bool stream)
    {
        Calls(stream, "x a \"{\\\"city\\\":\\\"\\ud83d\\\"}\"");
        Text(stream, "Done.");

        await _script.Tool("a", city => city).RunAsync(new ChatRunOptions { Stream = stream });

        Assert.Contains("they contain half of a character", _script.Steps.OfType<ChatToolResultStep>().Single().Content, StringComparison.Ordinal);
        Assert.Equal(ChatRunEnd.Completed, _script.Done.End);
    }

    [Fact]
    public async Task RunAsync_OfAResultWithEmoji_SendsTheCharacters()
    {
        _script.Tools.Add("a", "A", SampleJson.Default.CityArgs, SampleJson.Default.Weather, (_, _) => Task.FromResult(new Weather(1, "🌨️ 👨‍👩‍👧")));

        await _script.Turn("""x a {"city":"Oslo"}""").Respond().RunAsync();

        Assert.Equal("""{"temperature":1,"sky":"🌨️ 👨‍👩‍👧"}""", _script.Steps.OfType<ChatToolResultStep>().Single().Content);
    }

    [Fact]
    public async Task RunAsync_TruncatedResponses_InformsTheModel()
    {
        _script.Tool("a", city => city).Respond(ToolScript.Calls("""x a {"ci"""), "length").Respond();

        await _script.RunAsync();

        Assert.Contains("are not valid: they are not valid JSON, because the response was truncated; write less: ", _script.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OfToolsAtOnce_ServesEveryRun()
    {
        var tools = new ToolScript().Tool("a", city => city).Tools;
        var scripts = Enumerable.Range(0, 8).Select(number => (Script: new ToolScript(), Number: number)).ToList();
        scripts.ForEach(one => one.Script.Turn($$"""x a {"city":"{{one.Number}}"}""").Respond());

        await Task.WhenAll(scripts.Select(one => Task.Run(() => DrainAsync(one.Script.Gateway.CreateClient().RunAsync(ChatScript.Request, tools)))));

        Assert.All(scripts, one => Assert.Contains($$"""{"role":"tool","content":"{{one.Number}}","tool_call_id":"x"}""", one.Script.Gateway.Bodies[1], StringComparison.Ordinal));
    }

    /// <summary>The model's next turn, plain or streamed: calls of tools.</summary>
    private ToolScript Calls(bool stream, params string[] calls)
    {
        if (!stream)
        {
            return _script.Turn(calls);
        }

        var pieces = calls.Select((call, index) => ToolScript.Call(call).Insert(1, $"\"index\":{index},"));
        return Chunks("""{"content":null,"tool_calls":[CALLS]}""".Replace("CALLS", string.Join(",", pieces)), "tool_calls");
    }

    /// <summary>The model's next turn, plain or streamed: a text.</summary>
    private ToolScript Text(bool stream, string text) => stream ? Chunks($$"""{"content":"{{text}}"}""", "stop") : _script.Respond($$"""{"role":"assistant","content":"{{text}}"}""");

    private ToolScript Chunks(string delta, string finishReason)
    {
        _script.Gateway.Respond(ChatScript.Frames(
            $$"""{"choices":[{"index":0,"delta":{{delta}},"finish_reason":"{{finishReason}}"}]}""",
            """{"choices":[],"usage":{"total_tokens":10}}""") + "data: [DONE]\n\n");
        return _script;
    }

    private static async Task DrainAsync(IAsyncEnumerable<ChatRunStep> steps)
    {
        await foreach (var step in steps)
        {
            Assert.NotNull(step);
        }
    }

    /// <summary>Lets nobody go on before all have come, so that only calls at the same time pass.</summary>
    private sealed class Rendezvous(int count)
    {
        private readonly TaskCompletionSource<bool> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _missing = count;

        public Task<bool> ArriveAsync()
        {
            if (Interlocked.Decrement(ref _missing) <= 0)
            {
                _complete.TrySetResult(true);
            }

            return Patience.Wait(_complete.Task);
        }
    }
}
