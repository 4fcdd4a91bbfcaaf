using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using CCApi.Sdk.WireMockTests.Support;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CCApi.Sdk.WireMockTests.Secrets;

/// <summary>The search for the key finds a leak, whatever it looks like and wherever it is: otherwise finding none would mean nothing.</summary>
[Collection(AloneTests.Name)]
public class CanaryTests
{
    private static readonly Canary _canary = new(Canary.Key);

    public static TheoryData<string> Leaks() =>
    [
        Canary.Key,
        $"Bearer {Canary.Key}",
        Canary.Key[..^5],
        Canary.Key.ToUpperInvariant(),
        Uri.EscapeDataString(Canary.Key),
        Uri.EscapeDataString(Canary.Key).ToLowerInvariant(),
        WebUtility.HtmlEncode(Canary.Key),
        JavaScriptEncoder.Default.Encode(Canary.Key),
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(Canary.Key),
        Canary.Key.Replace("/", "\\/", StringComparison.Ordinal),
        .. new[] { "", "a", "ab", "abc", "Bearer ", "user:" }.SelectMany(before => new[] { "", "z", "zz" }.Select(after => Convert.ToBase64String(Encoding.ASCII.GetBytes(before + Canary.Key + after)))),
        Convert.ToBase64String(Encoding.ASCII.GetBytes("a" + Canary.Key)).Replace('+', '-').Replace('/', '_').TrimEnd('='),
    ];

    [Theory]
    [MemberData(nameof(Leaks))]
    public void Find_OfALeak_FindsIt(string leak)
    {
        Assert.Single(_canary.Find(["nothing", null, $"some text {leak} and more", "nothing"]));
    }

    [Theory]
    [InlineData("sk-another-key")]
    [InlineData("***")]
    [InlineData("c2st")]
    [InlineData("sk-canary")]
    public void Find_OfSomethingElse_FindsNothing(string text)
    {
        Assert.Empty(_canary.Find([text]));
    }

    [Theory]
    [MemberData(nameof(Leaks))]
    public void Recorder_OfALeakAnywhere_ShowsIt(string leak)
    {
        var exception = new InvalidOperationException("outer", new AggregateException(new FormatException("inner") { Data = { ["header"] = leak } }));
        var failed = new CCApiServerException("failed", exception) { Attempts = [new CCApiAttempt { Number = 1, Decision = leak }] };
        var leaks = new Dictionary<string, Action<Recorder>>
        {
            ["message"] = recorder => Write(recorder, state: 0, exception: null, leak),
            ["value that is not in the message"] = recorder => Write(recorder, new[] { KeyValuePair.Create("Header", (object)leak) }, exception: null, "text"),
            ["scope"] = recorder => recorder.CreateLogger("a").BeginScope(new Dictionary<string, object> { ["Header"] = leak }),
            ["logged exception"] = recorder => Write(recorder, state: 0, exception, "failed"),
            ["data of an inner exception"] = recorder => recorder.Look(exception),
            ["property of an exception"] = recorder => recorder.Look(new CCApiException { BodySnippet = leak }),
            ["attempt"] = recorder => recorder.Look(failed),
            ["response"] = recorder => recorder.Look(new CCApiResponseInfo { Attempts = failed.Attempts }),
            ["activity"] = _ =>
            {
                using var source = new ActivitySource("test");
                using var activity = source.StartActivity("call");
                activity!.SetTag("header", leak);
            },
            ["metric"] = _ =>
            {
                using var meter = new Meter("test");
                meter.CreateCounter<long>("calls").Add(1, KeyValuePair.Create("header", (object?)leak));
            },
        };

        var missed = leaks.Where(item =>
        {
            using var recorder = new Recorder();
            item.Value(recorder);
            return _canary.Find(recorder.Texts).Count == 0;
        });

        Assert.Empty(missed.Select(item => item.Key));
    }

    private static void Write<TState>(Recorder recorder, TState state, Exception? exception, string text)
    {
        var logger = recorder.CreateLogger("a");
        logger.Log(LogLevel.Trace, default, state, exception, (_, _) => text);
    }
}
