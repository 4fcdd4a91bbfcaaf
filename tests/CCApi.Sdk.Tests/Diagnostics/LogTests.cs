using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CCApi.Sdk.Tests.Diagnostics;

public sealed class LogTests : IDisposable
{
    private const string Answer = """{"object":"list","data":[]}""";

    private readonly Messages _messages = new();

    public void Dispose() => _messages.Dispose();

    [Fact]
    public async Task Call_ThatSucceeds_LogsOneDebugLine()
    {
        using var client = CreateClient(ScriptedHandler.Json(Answer));

        await client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken);

        var message = Assert.Single(_messages.All);
        Assert.Equal((LogLevel.Debug, 1), (message.Level, message.Id));
        Assert.StartsWith("GET /models: attempt 1 was answered 200 after ", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatIsTriedAgain_LogsOneWarningForTheRetry()
    {
        using var client = CreateClient(ScriptedHandler.Json("""{"error":{"message":"busy","code":"upstream_error"}}""", HttpStatusCode.ServiceUnavailable), ScriptedHandler.Json(Answer));

        await client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([(LogLevel.Debug, 2), (LogLevel.Warning, 3), (LogLevel.Debug, 1)], _messages.All.Select(message => (message.Level, message.Id)));
        Assert.Equal("GET /models: trying again in 00:00:00 after upstream_error (transient)", _messages.All[1].Text);
    }

    [Fact]
    public async Task Call_ThatFailsForGood_LogsWhyItIsNotTriedAgain()
    {
        using var client = CreateClient(ScriptedHandler.Json("""{"error":{"message":"no"}}""", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CCApiBadRequestException>(() => client.Catalog.ListModelsAsync(cancellationToken: TestContext.Current.CancellationToken));

        var message = Assert.Single(_messages.All);
        Assert.Equal((LogLevel.Debug, 2), (message.Level, message.Id));
        Assert.EndsWith("trying again would not change it", message.Text, StringComparison.Ordinal);
    }

    private CCApiClient CreateClient(params Func<System.Net.Http.HttpResponseMessage>[] replies) =>
        new ScriptedHandler(replies).CreateClient(options => options.LoggerFactory = _messages);

    private sealed class Messages : ILoggerFactory, ILogger
    {
        public List<(LogLevel Level, int Id, string Text)> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Add((logLevel, eventId.Id, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
