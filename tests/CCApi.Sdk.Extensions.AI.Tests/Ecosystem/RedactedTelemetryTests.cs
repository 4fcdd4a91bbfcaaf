using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Ecosystem;

/// <summary>What Microsoft's telemetry and logging middleware record of errors whose messages quote the key.</summary>
public sealed class RedactedTelemetryTests
{
    private const string Key = "sk-canary-0123+456/789abcdef";

    private static readonly Dictionary<string, Func<string, string>> _encodings = new(StringComparer.Ordinal)
    {
        ["plain"] = key => key,
        ["percent-encoded"] = Uri.EscapeDataString,
        ["base64"] = key => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"Bearer {key}")),
    };

    private static readonly Dictionary<string, Func<CCApiClient, string, Recorded, Task>> _calls = new(StringComparer.Ordinal)
    {
        ["chat"] = async (client, source, recorded) => await Chat(client, source, recorded).GetResponseAsync("Hi"),
        ["stream"] = async (client, source, recorded) => await Chat(client, source, recorded).GetStreamingResponseAsync("Hi").ToChatResponseAsync(),
        ["image"] = async (client, source, recorded) => await client.Images.AsIImageGenerator("openai/gpt-image-1").AsBuilder()
            .UseLogging(recorded).UseOpenTelemetry(recorded, source).Build().GenerateImagesAsync("Hi"),
        ["speech"] = async (client, source, recorded) => await client.Audio.AsITextToSpeechClient("elevenlabs/eleven_turbo_v2", "aria").AsBuilder()
            .UseLogging(recorded).UseOpenTelemetry(recorded, source).Build().GetAudioAsync("Hi"),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var call in _calls.Keys)
            {
                foreach (var encoding in _encodings.Keys)
                {
                    cases.Add(call, encoding);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Error_ThatQuotesTheKey_IsRecordedWithoutIt(string call, string encoding)
    {
        var quoted = _encodings[encoding](Key);
        await using var emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = Key });
        using var client = emulator.CreateClient(options => options.Retry.MaxRetries = 0);
        emulator.Script.WhenChat().Fail(401, $"The key {quoted} is wrong.", quoted);
        emulator.Script.WhenImage().Fail(401, $"The key {quoted} is wrong.", quoted);
        emulator.Script.WhenSpeech().Fail(401, $"The key {quoted} is wrong.", quoted);
        var source = $"test-{Guid.NewGuid():N}";
        using var recorded = new Recorded(source);

        await Assert.ThrowsAnyAsync<CCApiException>(() => _calls[call](client, source, recorded));

        Assert.Contains(recorded.Texts, text => text.StartsWith("span", StringComparison.Ordinal) && text.Contains("***", StringComparison.Ordinal));
        Assert.Contains(recorded.Texts, text => text.StartsWith("log", StringComparison.Ordinal) && text.Contains("***", StringComparison.Ordinal));
        Assert.All(recorded.Texts, text => Assert.DoesNotContain(quoted, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(recorded.Texts, text => Assert.DoesNotContain(Key, text, StringComparison.OrdinalIgnoreCase));
    }

    private static IChatClient Chat(CCApiClient client, string source, Recorded recorded) => client.Chat.AsIChatClient("openai/gpt-4o-mini").AsBuilder()
        .UseLogging(recorded).UseOpenTelemetry(recorded, source, telemetry => telemetry.EnableSensitiveData = true).Build();

    /// <summary>All texts of the spans of a source, and of logs of any level.</summary>
    private sealed class Recorded : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _texts = new();
        private readonly ActivityListener _listener;

        public Recorded(string source)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = candidate => candidate.Name == source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Add,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public IReadOnlyCollection<string> Texts => _texts;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _texts.Enqueue($"log {formatter(state, exception)} {exception}");
            foreach (var value in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                _texts.Enqueue($"log {value.Key} {value.Value}");
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Add(Activity span)
        {
            _texts.Enqueue($"span {span.DisplayName} {span.StatusDescription}");
            foreach (var tag in span.TagObjects.Concat(span.Events.SelectMany(happened => happened.Tags)))
            {
                _texts.Enqueue($"span {tag.Key} {tag.Value}");
            }
        }
    }
}
