using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

public sealed class LogTests : IDisposable
{
    private const string EmptyList = """{"object":"list","data":[]}""";

    private readonly Messages _messages = new();

    public void Dispose() => _messages.Dispose();

    [Fact]
    public async Task Call_ThatSucceeds_LogsOneDebugLine()
    {
        using var client = CreateClient(ScriptedHandler.Json(EmptyList));

        await client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken);

        var message = Assert.Single(_messages.All);
        Assert.Equal((LogLevel.Debug, 1), (message.Level, message.Id));
        Assert.StartsWith("GET /models: attempt 1 succeeded with 200 after ", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfAModelThatSucceeds_LogsOneInformationLine()
    {
        using var client = CreateClient(ScriptedHandler.Json("""{"choices":[]}"""));

        await client.Chat.CompleteAsync("m", "Hi", cancellationToken: TestContext.Current.CancellationToken);

        var message = Assert.Single(_messages.All, message => message.Level == LogLevel.Information);
        Assert.Matches(@"^POST /chat/completions: m responded after [0-9:.]+ \(attempts: 1\)$", message.Text);
    }

    [Fact]
    public async Task Poll_OfAJob_LogsNoInformationLine()
    {
        using var client = CreateClient(ScriptedHandler.Json("""{"id":"j","status":"processing"}"""));

        await client.Images.GetJobAsync("j", cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(_messages.All, message => message.Level == LogLevel.Information);
    }

    [Fact]
    public async Task Call_ThatIsTriedAgain_LogsOneWarningForTheRetry()
    {
        using var client = CreateClient(ScriptedHandler.Json("""{"error":{"message":"busy","code":"upstream_error"}}""", HttpStatusCode.ServiceUnavailable), ScriptedHandler.Json(EmptyList));

        await client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([(LogLevel.Debug, 2), (LogLevel.Warning, 3), (LogLevel.Debug, 1)], _messages.All.Select(message => (message.Level, message.Id)));
        Assert.Equal("GET /models: retrying in 00:00:00 after upstream_error (transient)", _messages.All[1].Text);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(400)]
    public async Task Call_WhoseErrorForgesLines_LogsBoundedLinesWithoutControlCharacters(int status)
    {
        var endless = new string('x', 400_000);
        var error = $$$"""{"error":{"message":"busy\r\n2026-01-01 INFO forged {{{endless}}}","code":"c\n\u001b[31m{{{endless}}}"}}""";
        using var client = CreateClient(ScriptedHandler.Json(error, (HttpStatusCode)status), ScriptedHandler.Json(error, (HttpStatusCode)status), ScriptedHandler.Json(error, (HttpStatusCode)status));

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.NotEmpty(_messages.All);
        Assert.All(_messages.All, message =>
        {
            Assert.InRange(message.Text.Length, 1, 2000);
            Assert.DoesNotContain(message.Text, char.IsControl);
        });
        Assert.Equal("busy\r\n2026-01-01 INFO forged " + endless, exception.GatewayMessage);
    }

    [Theory]
    [InlineData("""{"error":{"message":"no","code":"model_not_found"}}""", "model_not_found")]
    [InlineData("""{"error":{"message":"busy"}}""", "CCApiServerException")]
    public async Task Call_ThatGoesOnWithAnotherModel_LogsOneWarningForThat(string body, string fault)
    {
        using var client = CreateClient(ScriptedHandler.Json(body, HttpStatusCode.ServiceUnavailable), ScriptedHandler.Json("""{"choices":[]}"""));

        await client.Chat.CompleteAsync("m", "Hi", new CCApiRequestOptions { FailoverModels = ["n"], MaxRetries = 0 });

        Assert.Equal([(LogLevel.Debug, 2), (LogLevel.Warning, 5), (LogLevel.Debug, 1), (LogLevel.Information, 6)], _messages.All.Select(message => (message.Level, message.Id)));
        Assert.Equal($"POST /chat/completions: failing over to n after {fault}", _messages.All[1].Text);
    }

    [Fact]
    public async Task Call_ThatFailsForGood_LogsWhyItIsNotTriedAgain()
    {
        using var client = CreateClient(ScriptedHandler.Json("""{"error":{"message":"no"}}""", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken));

        var message = Assert.Single(_messages.All);
        Assert.Equal((LogLevel.Debug, 2), (message.Level, message.Id));
        Assert.EndsWith("a retry would not change it", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatIsCanceled_LogsItsAttempt()
    {
        using var source = new CancellationTokenSource();
        using var client = new ScriptedHandler(async cancellationToken =>
        {
            source.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return await Task.FromResult(new HttpResponseMessage());
        }).CreateClient(options => options.LoggerFactory = _messages);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.Catalog.ListModelsAsync(cancellationToken: source.Token));

        var message = Assert.Single(_messages.All);
        Assert.Equal((LogLevel.Debug, 4), (message.Level, message.Id));
        Assert.StartsWith("GET /models: attempt 1 ended with OperationCanceledException after ", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatBreaks_LogsItsHeadersAndItsEnd()
    {
        const string Chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n";
        using var client = CreateClient(ScriptedHandler.Body(new StreamContent(ScriptedStream.Breaking(Bodies.Utf8(Chunk))) { Headers = { { "Content-Type", "text/event-stream" } } }));
        await using var stream = client.Chat.StreamAsync("m", "Hi");

        var exception = await Assert.ThrowsAsync<CCApiStreamException>(() => stream.GetResponseAsync());

        Assert.Equal(
            [(LogLevel.Debug, 1), (LogLevel.Information, 6), (LogLevel.Debug, 2)],
            _messages.All.Select(message => (message.Level, message.Id)));
        Assert.EndsWith("; a response that has begun is not retried", _messages.All[2].Text, StringComparison.Ordinal);
        var attempt = Assert.Single(exception.Attempts);
        Assert.Equal((HttpStatusCode.OK, "CCApiStreamException", "POST /chat/completions"), (attempt.StatusCode, attempt.Fault, attempt.Request));
        Assert.Equal(exception.Attempts, stream.Info!.Attempts);
        Assert.Equal(exception.Attempts, exception.PartialResponse!.Info!.Attempts);
    }

    [Fact]
    public async Task Download_ThatBreaks_LogsItsHeadersAndItsEnd()
    {
        using var client = CreateClient(ScriptedHandler.Body(new StreamContent(ScriptedStream.Breaking(Bodies.Png))));
        using var file = await client.Images.OpenReadAsync(new ImageDatum { Url = "https://cdn.test/a.png" });

        var exception = await Assert.ThrowsAsync<CCApiConnectionException>(() => file.CopyToAsync(System.IO.Stream.Null));

        Assert.Equal([(LogLevel.Debug, 1), (LogLevel.Debug, 2)], _messages.All.Select(message => (message.Level, message.Id)));
        Assert.Equal("The download from cdn.test", Assert.Single(exception.Attempts).Request);
    }

    [Fact]
    public async Task PlainCall_StreamAsResponseFails_LogsOneLine()
    {
        using var client = CreateClient(ScriptedHandler.Bytes(Bodies.Utf8("data: {\"error\":{\"message\":\"no\",\"code\":\"nope\"}}\n\n"), "text/event-stream"));

        var exception = await Assert.ThrowsAnyAsync<CCApiException>(() => client.Chat.CompleteAsync("m", "Hi"));

        Assert.Equal(2, Assert.Single(_messages.All).Id);
        Assert.Equal("a retry would not change it", Assert.Single(exception.Attempts).Decision);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logger_ThatThrows_ChangesNoCall(bool throwsWhenAsked)
    {
        _messages.Throws = throwsWhenAsked ? "IsEnabled" : "Log";
        using var client = CreateClient(
            ScriptedHandler.Json("""{"error":{"message":"busy","code":"upstream_error"}}""", HttpStatusCode.ServiceUnavailable),
            ScriptedHandler.Json("""{"id":"c1","choices":[]}"""),
            ScriptedHandler.Json("""{"error":{"message":"busy","code":"model_not_found"}}""", HttpStatusCode.ServiceUnavailable),
            ScriptedHandler.Json("""{"id":"c2","choices":[]}"""),
            ScriptedHandler.Json("""{"error":{"message":"no"}}""", HttpStatusCode.BadRequest));

        var retried = await client.Chat.CompleteAsync("m", "Hi", cancellationToken: TestContext.Current.CancellationToken);
        var failedOver = await client.Chat.CompleteAsync(
            "m", "Hi", new CCApiRequestOptions { FailoverModels = ["n"] }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<CCApiBadRequestException>(
            () => client.Chat.CompleteAsync("m", "Hi", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(("c1", "c2"), (retried.Id, failedOver.Id));
        Assert.Equal((2, 2), (retried.Info!.Attempts.Count, failedOver.Info!.Attempts.Count));
    }

    [Fact]
    public async Task Model_ThatContainsTheKey_IsMasked()
    {
        const string Key = "sk-secret-0123456789";
        using var client = new ScriptedHandler(
            ScriptedHandler.Json("""{"error":{"message":"busy","code":"model_not_found"}}""", HttpStatusCode.ServiceUnavailable),
            ScriptedHandler.Json("""{"choices":[]}"""),
            ScriptedHandler.Json("""{"choices":[]}""")).CreateClient(options =>
            {
                options.LoggerFactory = _messages;
                options.ApiKey = Key;
            });

        await client.Chat.CompleteAsync(
            Key, "Hi", new CCApiRequestOptions { FailoverModels = [$"{Key}/2"] }, TestContext.Current.CancellationToken);
        await client.Chat.CompleteAsync(Key, "Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, _messages.All.Count(message => message.Level == LogLevel.Information));
        Assert.DoesNotContain(_messages.All, message => message.Text.Contains("0123456789", StringComparison.Ordinal));
    }

    [Fact]
    public void Events_HaveTheIdsAndLevelsThatTheReadmeLists()
    {
        var readme = System.IO.File.ReadAllText(System.IO.Path.Combine(Repository.Root, "docs", "errors.md"));

        var events = typeof(Log).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToArray();

        Assert.Equal(
            ["1 AttemptSucceeded Debug", "2 AttemptFailed Debug", "3 Retrying Warning", "4 AttemptEnded Debug", "5 FailingOver Warning", "6 CallSucceeded Information", "7 SettingsRejected Warning"],
            events.OrderBy(message => message.EventId).Select(message => $"{message.EventId} {message.EventName} {message.Level}"));
        Assert.All(events, message => Assert.Contains($"| {message.EventId} | `{message.EventName}` | {message.Level} |", readme, StringComparison.Ordinal));
    }

    private CCApiClient CreateClient(params Func<HttpResponseMessage>[] replies) =>
        new ScriptedHandler(replies).CreateClient(options => options.LoggerFactory = _messages);

    private sealed class Messages : ILoggerFactory, ILogger
    {
        public List<(LogLevel Level, int Id, string Text)> All { get; } = [];

        /// <summary>The method that throws; null for none.</summary>
        public string? Throws { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => Throws != nameof(IsEnabled) ? true : throw new InvalidOperationException("A logger.");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add(Throws != nameof(Log) ? (logLevel, eventId.Id, formatter(state, exception)) : throw new InvalidOperationException("A logger."));

        public void Dispose()
        {
        }
    }
}
