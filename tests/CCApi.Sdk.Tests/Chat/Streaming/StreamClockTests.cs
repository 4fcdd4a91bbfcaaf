using System;
using System.Threading;
using CCApi.Sdk.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public sealed class StreamClockTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ApiCall _call;
    private readonly StreamClock _clock;

    public StreamClockTests()
    {
        var client = new CCApiClientOptions { ApiKey = "sk-clock", TimeProvider = _time };
        client.Timeouts.Total = Timeout.InfiniteTimeSpan;
        client.Timeouts.Idle = TimeSpan.FromSeconds(10);
        client.Timeouts.NextChunk = TimeSpan.FromSeconds(25);
        _call = CallSamples.Get(client);
        _clock = new StreamClock(_call);
    }

    public void Dispose() => _call.Dispose();

    [Theory]
    [InlineData(CCApiTimeoutKind.None, 9)]
    [InlineData(CCApiTimeoutKind.Idle, 10)]
    [InlineData(CCApiTimeoutKind.None, 9, 9)]
    [InlineData(CCApiTimeoutKind.NextChunk, 9, 9, 7)]
    [InlineData(CCApiTimeoutKind.None, 9, 9, 6)]
    [InlineData(CCApiTimeoutKind.Idle, 9, 6, 10)]
    public void Start_OfReadsWithoutAChunk_EndsWithTheFirstBudgetThatRunsOut(CCApiTimeoutKind expected, params int[] reads)
    {
        Read(isComplete: false, reads);

        Assert.Equal(expected, _call.Clock.Expired);
    }

    [Theory]
    [InlineData(CCApiTimeoutKind.None, 4)]
    [InlineData(CCApiTimeoutKind.NextChunk, 5)]
    [InlineData(CCApiTimeoutKind.NextChunk, 3, 2)]
    public void Start_OfACompleteStream_LeavesFiveSeconds(CCApiTimeoutKind expected, params int[] reads)
    {
        Read(isComplete: true, reads);

        Assert.Equal(expected, _call.Clock.Expired);
    }

    [Fact]
    public void Restart_AfterAChunk_LeavesTheWholeBudget()
    {
        Read(isComplete: false, 9, 9);
        _clock.Restart();

        Read(isComplete: false, 9, 9);

        Assert.Equal(CCApiTimeoutKind.None, _call.Clock.Expired);
    }

    private void Read(bool isComplete, params int[] reads)
    {
        foreach (var seconds in reads)
        {
            _clock.Start(isComplete);
            _time.Advance(TimeSpan.FromSeconds(seconds));
            _clock.Stop();

            // The caller takes its time.
            _time.Advance(TimeSpan.FromHours(1));
        }
    }
}
