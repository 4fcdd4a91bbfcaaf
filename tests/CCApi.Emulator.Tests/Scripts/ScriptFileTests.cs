using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Scripts;

public class ScriptFileTests
{
    [Fact]
    public async Task Load_FileOfEveryKind_RespondsByIt()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.Load("""
            {
              // Comments and trailing commas are fine.
              "strict": true,
              "rules": [
                { "name": "weather", "when": { "text": "weather", "tool": "get_weather" },
                  "then": [ { "tool_calls": [ { "name": "get_weather", "arguments": { "city": "Oslo" } } ] }, { "text": "It snows." } ] },
                { "when": { "text_pattern": "^plan\\b", "stream": false }, "then": { "json": { "city": "Oslo" }, "finish_reason": "stop" }, "times": 1 },
                { "when": { "operation": "models" }, "then": { "body": { "object": "list", "data": [] } } },
                { "when": { "method": "DELETE", "path": "/files/*" }, "then": { "status": 204 } },
                { "when": { "operation": "chat", "headers": { "x-tenant": "b" } }, "then": { "error": { "status": 429, "retry_after": 1.5, "code": "slow_down" } } },
              ],
            }
            """);
        const string Tools = """ "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object"}}}] """;

        var call = await world.ChatAsync("The weather?", Tools);
        var reply = await world.ChatAsync("The weather?", Tools);
        var plan = await world.ChatAsync("Plan a day");
        var again = await world.ChatAsync("Plan a day");
        var models = await world.GetAsync("models");

        Assert.Equal(("tool_calls", "It snows."), (call.FinishReason, reply.Content));
        Assert.Equal("""{ "city": "Oslo" }""", plan.Content);
        Assert.Equal("script", again.Error["param"]!.GetValue<string>());
        Assert.Equal("""{ "object": "list", "data": [] }""", models.Text);
    }

    [Fact]
    public void Load_ErrorAfterALongName_TakesTimeByTheLength()
    {
        var name = new string('x', 200_000);
        var items = string.Concat(Enumerable.Repeat("0,", 100_000));
        var script = $$$"""
            {"rules":[{"then":{"tool_calls":[{"name":"f","arguments":{"{{{name}}}":[{{{items}}}0]}}]}},
            {"then":{"text":5}}]}
            """;
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        var exception = Assert.Throws<EmulatorScriptException>(() => new EmulatorScript().Load(script));

        Assert.Equal("script(2): rules[1].then.text must be a text.", exception.Message);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData("{", "script(1): this is not valid JSON: ")]
    [InlineData("{\n\"rules\": 3x}", "script(2): this is not valid JSON: ")]
    [InlineData("{}", "script(1): the script must have a list 'rules'.")]
    [InlineData("{\n \"rule\": []}", "script(2): rule is not a known member; known are $schema, strict, rules.")]
    [InlineData("{\"strict\":\n 1, \"rules\":[]}", "script(2): strict must be true or false.")]
    [InlineData("{\"rules\":[\n {\"when\":{}}]}", "script(2): rules[0] must have 'then': a response, or a list of responses.")]
    [InlineData("{\"rules\":[\n {\"when\":{\"operation\":\n\"chats\"},\"then\":{\"text\":\"x\"}}]}", "script(3): rules[0].when.operation must be one of chat, speech, image, job, models, or 'path' must be given.")]
    [InlineData("{\"rules\":[{\"when\":{\"text_pattern\":\n\"(\"},\"then\":{\"text\":\"x\"}}]}", "script(2): rules[0].when.text_pattern is not a regular expression: ")]
    [InlineData("{\"rules\":[{\"then\":{\n\"txt\":\"x\"}}]}", "script(2): rules[0].then.txt is not a known member; known are ")]
    [InlineData("{\"rules\":[{\"then\":[{\"text\":\"x\"},\n{\"text\":4}]}]}", "script(2): rules[0].then[1].text must be a text.")]
    [InlineData("{\"rules\":[{\"when\":{\"method\":\n\"GET\"},\"then\":{\"text\":\"x\"}}]}", "script(2): rules[0].when.method needs a path.")]
    [InlineData("{\"rules\":[{\"when\":{\"path\":\n\" \"},\"then\":{\"body\":\"x\"}}]}", "script(2): rules[0].when.path must not be empty.")]
    [InlineData("{\"rules\":[{\"when\":{\"path\":\"/x\",\n\"operation\":\"speech\"},\"then\":{\"body\":\"x\"}}]}", "script(2): rules[0].when.operation must not be given beside a path.")]
    [InlineData("{\"rules\":[{\"when\":{\"path\":\"/x\",\n\"method\":\"\"},\"then\":{\"body\":\"x\"}}]}", "script(2): rules[0].when.method is not an HTTP method, such as POST.")]
    [InlineData("{\"rules\":[{\"when\":{\"path\":\"/x\",\n\"method\":\"FETCH ME\"},\"then\":{\"body\":\"x\"}}]}", "script(2): rules[0].when.method is not an HTTP method, such as POST.")]
    [InlineData("{\"rules\":[{\"when\":{\"headers\":{\n\"x y\":\"a\"}},\"then\":{\"text\":\"x\"}}]}", "script(2): rules[0].when.headers.x y is not the name of a header.")]
    [InlineData("{\"rules\":[{\"then\":{\n\"pass\":false}}]}", "script(2): rules[0].then.pass must be true, or left out.")]
    [InlineData("{\"rules\":[{\"then\":{\n\"pass\":1}}]}", "script(2): rules[0].then.pass must be true or false.")]
    [InlineData("{\"rules\":[{\"when\":{\"operation\":\"image\"},\n\"then\":{}}]}", "script(2): rules[0].then must have images: base64, or a data_file of each.")]
    [InlineData("{\"rules\":[{\"then\":{\"tool_calls\":[\n{\"name\":\"\"}]}}]}", "script(2): rules[0].then.tool_calls[0] must have a name.")]
    [InlineData("{\"rules\":[{\"then\":{}}]}", "script(1): rules[0].then must have one of text, json, pieces, tool_calls, refusal, error, fault, body, events or pass.")]
    [InlineData("{\"rules\":[{\"then\":{\"fault\":\n\"explode\"}}]}", "script(2): rules[0].then.fault is not a fault, such as reset, truncated or status-503.")]
    [InlineData("{\"rules\":[{\"then\":{\"error\":{\"status\":\n200}}}]}", "script(2): rules[0].then.error.status must be a whole number from 400 to 599.")]
    [InlineData("{\"rules\":[{\"then\":{\"tool_calls\":[\n{\"arguments\":{}}]}}]}", "script(2): rules[0].then.tool_calls[0] must have a name.")]
    [InlineData("{\"rules\":[{\"times\":\n0,\"then\":{\"text\":\"x\"}}]}", "script(2): rules[0].times must be a whole number from 1 to 2147483647.")]
    [InlineData("{\"rules\":[{\"when\":{\"operation\":\"speech\"},\"then\":{\"audio\":\n\"%%\"}}]}", "script(2): rules[0].then.audio is not base64.")]
    [InlineData("{\"rules\":[{\"when\":{\"operation\":\"speech\"},\"then\":{\"audio_file\":\n\"missing.mp3\"}}]}", "script(2): rules[0].then.audio_file cannot be read: ")]
    [InlineData("{\"rules\":[{\"when\":{\"path\":\"/x\"},\n\"then\":{\"text\":\"x\"}}]}", "script(2): rules[0].then must have one of body, body_file, events, status, error, fault or pass.")]
    [InlineData("{\"rules\":[{\"then\":{\"text\":\"a\"},\n\"then\":{\"text\":\"b\"}}]}", "script")]
    public void Load_InvalidScript_NamesLineAndMember(string json, string expected)
    {
        var script = new EmulatorScript();

        var exception = Assert.Throws<EmulatorScriptException>(() => script.Load(json));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoadFile_WithAudioBesideIt_ReadsTheFile()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "hello.bin"), [9, 8, 7], World.Token);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "s.json"), """{"rules":[{"when":{"operation":"speech"},"then":{"audio_file":"hello.bin"}}]}""", Encoding.UTF8, World.Token);
            await using var world = await World.StartAsync();
            world.Emulator.Script.LoadFile(Path.Combine(folder.FullName, "s.json"));

            var response = await world.PostAsync("audio/speech", """{"model":"openai/tts-1","input":"Hi","voice":"aria","response_format":"b64_json"}""");

            Assert.Equal("CQgH", response.Json["b64_audio"]!.GetValue<string>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_InvalidSecondRule_AddsNone()
    {
        var script = new EmulatorScript();

        Assert.Throws<EmulatorScriptException>(() => script.Load("""{"strict":true,"rules":[{"then":{"text":"x"}},{"then":{}}]}"""));

        Assert.False(script.IsStrict);
        script.AssertAllUsed();
    }
}
