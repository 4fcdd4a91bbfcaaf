using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Telemetry;

[Collection(TelemetryTestGroup.Name)]
public sealed class ToolTelemetryTests : IDisposable
{
    private readonly ToolScript _script = new();
    private readonly TelemetryRecorder _telemetry = new();

    public void Dispose() => _telemetry.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tool_HasItsCallAndContentOnlyWhenCaptured(bool capturesContent)
    {
        _script.Gateway.Options.Telemetry.CaptureContent = capturesContent;
        _script.Gateway.Options.Telemetry.MaxContentLength = 3;
        _script.Tools.Add("get_weather", "Current weather", """{"type":"object"}""", (_, _) => Task.FromResult("snow"));
        _script.Turn("a get_weather {}").Respond();

        await _script.RunAsync();

        string[] common = ["gen_ai.operation.name=execute_tool"];
        string[] call = ["gen_ai.tool.call.id=a"];
        string[] tool = ["gen_ai.tool.description=Current weather", "gen_ai.tool.name=get_weather", "gen_ai.tool.type=function"];
        Assert.Equal(
            capturesContent ? [.. common, "gen_ai.tool.call.arguments={}", .. call, "gen_ai.tool.call.result=sno…", .. tool] : [.. common, .. call, .. tool],
            Tool.Lines());
    }

    [Fact]
    public async Task Tool_ThatThrows_HasTheTypeButNoMessage()
    {
        _script.Tools.Add("f", "Throws", """{"type":"object"}""", (_, _) => throw new FormatException("secret"));
        _script.Turn("a f {}").Respond();

        await _script.RunAsync();

        Assert.Equal((ActivityStatusCode.Error, null, "System.FormatException"), (Tool.Status, Tool.StatusDescription, Tool.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Tool_ThatThrowsAHugeMessage_HasABoundedDescription()
    {
        _script.Gateway.Options.Telemetry.CaptureContent = true;
        _script.Gateway.Options.Telemetry.MaxContentLength = 5;
        _script.Tools.Add("f", "Throws", """{"type":"object"}""", (_, _) => throw new FormatException("123456"));
        _script.Turn("a f {}").Respond();

        await _script.RunAsync();

        Assert.Equal("12345…", Tool.StatusDescription);
    }

    [Fact]
    public async Task Run_ThatQuotesTheKey_MasksItInEverySpan()
    {
        const string Key = "sk-secret-0123456789";
        _script.Gateway.Options.ApiKey = Key;
        _script.Tools.Add("f", $"With {Key}.", """{"type":"object"}""", (_, _) => Task.FromResult(Key));
        _script.Turn("a f {}").Respond();
        var request = new ChatCompletionRequest { Model = Key, Messages = [ChatMessage.User("Hi")], Stop = $"END {Key}" };

        await foreach (var _ in _script.Gateway.CreateClient().RunAsync(request, _script.Tools, options: new CCApiRequestOptions { FailoverModels = [$"{Key}/2"] }))
        {
            // To its end.
        }

        Assert.Equal(4, _telemetry.Spans.Count);
        Assert.All(_telemetry.Spans, span => Assert.DoesNotContain(Key, span.DisplayName + string.Join("\n", span.Lines()), StringComparison.Ordinal));
        Assert.All(_telemetry.Measurements, measurement => Assert.DoesNotContain(Key, string.Join("\n", measurement.Tags.Lines()), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tool_WhileItRuns_HasItsSpanAsTheCurrentOne()
    {
        string? current = null;
        _script.Tools.Add("f", "Looks", """{"type":"object"}""", (_, _) =>
        {
            current = Activity.Current?.DisplayName;
            return Task.FromResult("");
        });
        _script.Turn("a f {}").Respond();

        await _script.RunAsync();

        Assert.Equal("execute_tool f", current);
    }

    [Fact]
    public async Task Tool_ThatCannotRun_HasNoSpan()
    {
        _script.Turn("a unknown {}").Respond();

        await _script.RunAsync();

        Assert.DoesNotContain(_telemetry.Spans, span => span.DisplayName.StartsWith("execute_tool", StringComparison.Ordinal));
    }

    private Activity Tool => _telemetry.Spans.Single(span => span.DisplayName.StartsWith("execute_tool", StringComparison.Ordinal));
}
