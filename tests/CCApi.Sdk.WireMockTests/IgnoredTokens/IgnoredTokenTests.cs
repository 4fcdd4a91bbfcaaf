using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.WireMockTests.IgnoredTokens;

/// <summary>
/// Code of the caller that ignores its token where retries and failover meet it: the call ends in time, nothing is sent late, and
/// what is reserved in a budget is spent, released or held.
/// </summary>
public class IgnoredTokenTests
{
    private static readonly Seam[] _everywhere =
    [
        Seam.KeyProvider, Seam.Limiter, Seam.Strategy, Seam.Handler, Seam.OpeningBody, Seam.Body, Seam.ErrorBody, Seam.StrategyAfter,
    ];

    [Theory]
    [InlineData(Call.Chat, false)]
    [InlineData(Call.Chat, true)]
    [InlineData(Call.Stream, false)]
    [InlineData(Call.Stream, true)]
    [InlineData(Call.SpeechStream, false)]
    [InlineData(Call.SpeechStream, true)]
    [InlineData(Call.StartJob, false)]
    [InlineData(Call.StartJob, true)]
    [InlineData(Call.PollJob, false)]
    [InlineData(Call.WaitJob, false)]
    [InlineData(Call.Send, false)]
    public async Task SecondAttempt_OfCodeThatIgnoresItsToken_EndsInTime(Call call, bool isFailover)
    {
        var cells = Cells(call).ToList();

        var ends = await Task.WhenAll(cells.Select(cell => EndSecondAttemptAsync(call, cell.Seam, cell.End, isFailover)));

        AssertEqual(cells.Select(cell => $"{cell.Seam} {cell.End}: {ExpectedEnd(call, cell.Seam, cell.End)}"), ends);
    }

    [Theory]
    [InlineData(Call.Chat, false)]
    [InlineData(Call.Chat, true)]
    [InlineData(Call.Stream, false)]
    [InlineData(Call.Stream, true)]
    [InlineData(Call.SpeechStream, false)]
    [InlineData(Call.SpeechStream, true)]
    [InlineData(Call.StartJob, false)]
    [InlineData(Call.StartJob, true)]
    [InlineData(Call.PollJob, false)]
    [InlineData(Call.WaitJob, false)]
    [InlineData(Call.Send, false)]
    public async Task FirstAttempt_OfCodeThatIgnoresItsToken_IsFollowedByAnother(Call call, bool isFailover)
    {
        var seams = Cells(call).Where(cell => cell is { End: End.Phase, Seam: not Seam.ErrorBody and not Seam.Content }).Select(cell => cell.Seam).ToList();

        var ends = await Task.WhenAll(seams.Select(seam => FollowFirstAttemptAsync(call, seam, isFailover)));

        AssertEqual(seams.Select(seam => $"{seam}: {ExpectedFollowUp(call, seam)}"), ends);
    }

    /// <summary>A content that an abandoned attempt still writes is written by the next one afterwards, and not at the same time.</summary>
    [Fact]
    public async Task FirstAttempt_OfAContentThatIgnoresItsToken_IsSentByTheSecond()
    {
        using var stalled = new StalledCall(Call.Send, Seam.Content, attempt: 1, total: false, options => options.Retry.RetryPossiblyCharged = true);

        var outcome = await stalled.RunAsync(End.Phase, isReleased: true);

        Assert.Equal("{}", outcome);
        Assert.EndsWith("\r\n\r\nab", Assert.Single(stalled.Received), StringComparison.Ordinal);
        Assert.Equal((0.2m, 0), (stalled.Store.State.Spent, stalled.Store.State.Reserved));
    }

    /// <summary>Names every cell that differs, and not the first alone.</summary>
    private static void AssertEqual(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var differences = expected.Zip(actual)
            .Where(pair => pair.First != pair.Second)
            .Select(pair => $"expected {pair.First}\nactual   {pair.Second}")
            .ToList();

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static async Task<string> EndSecondAttemptAsync(Call call, Seam seam, End end, bool isFailover)
    {
        using var stalled = new StalledCall(call, seam, attempt: 2, total: end != End.Phase, options =>
        {
            options.Retry.MaxRetries = isFailover ? 0 : 1;
            if (isFailover)
            {
                options.Failover.Alternatives["m"] = ["m2"];
            }
        });

        var outcome = await stalled.RunAsync(end);
        var requests = stalled.Requests;
        await stalled.ReleaseAsync();
        await stalled.SettledAsync(Held(call, seam));
        var state = stalled.Store.State;
        var late = end == End.Dispose ? "" : $", then {await stalled.RepeatAsync()} by {stalled.Requests - requests}";

        return FormattableString.Invariant(
            $"{seam} {end}: {outcome}, {requests} requests, spent {state.Spent}, reserved {state.Reserved}{late}");
    }

    private static async Task<string> FollowFirstAttemptAsync(Call call, Seam seam, bool isFailover)
    {
        using var stalled = new StalledCall(call, seam, attempt: 1, total: false, options =>
        {
            options.Retry.MaxRetries = isFailover ? 0 : 1;
            options.Retry.RetryPossiblyCharged = true;
            if (isFailover)
            {
                options.Failover.Alternatives["m"] = ["m2"];
            }
        });

        var outcome = await stalled.RunAsync(End.Phase);
        await stalled.ReleaseAsync();
        await stalled.SettledAsync(call == Call.StartJob ? StalledCall.Reservation : 0);
        var state = stalled.Store.State;

        return FormattableString.Invariant($"{seam}: {outcome}, {stalled.Requests} requests, spent {state.Spent}, reserved {state.Reserved}");
    }

    private static IEnumerable<(Seam Seam, End End)> Cells(Call call)
    {
        var ends = call == Call.WaitJob ? [End.Total, End.Token, End.Dispose] : Enum.GetValues<End>();

        return
            from seam in SeamsOf(call)
            from end in ends
            where end != End.Phase || seam is not (Seam.Limiter or Seam.StrategyAfter)
            select (seam, end);
    }

    private static Seam[] SeamsOf(Call call) => call switch
    {
        Call.Send => [.. _everywhere, Seam.Reserve, Seam.MarkSent, Seam.Content],
        Call.PollJob or Call.WaitJob => _everywhere,
        _ => [.. _everywhere, Seam.Reserve, Seam.MarkSent],
    };

    private static string ExpectedEnd(Call call, Seam seam, End end)
    {
        var outcome = end switch
        {
            End.Token => "Canceled",
            End.Dispose => "Disposed",
            End.Total when call == Call.WaitJob => "Timeout:ImageJob",
            _ when seam == Seam.ErrorBody => nameof(CCApiServerException),
            End.Total => "Timeout:Total",
            _ => $"Timeout:{PhaseOf(call, seam)}",
        };
        var isReceived = IsReceived(seam);
        var isCharged = !IsRead(call) && Held(call, seam) == 0 && (isReceived || seam is Seam.Handler or Seam.Content);

        // A handler that sends although the call has ended can do so with what has no content, which costs nothing.
        var isSentLate = seam == Seam.Handler && IsRead(call);
        var late = end == End.Dispose ? "" : $", then {Result(call)} by {(isSentLate ? 2 : 1)}";

        return FormattableString.Invariant(
            $"{outcome}, {(isReceived ? 2 : 1)} requests, spent {(isCharged ? StalledCall.Reservation : 0)}, reserved {Held(call, seam)}{late}");
    }

    private static string ExpectedFollowUp(Call call, Seam seam)
    {
        var isCharged = seam == Seam.Handler || IsReceived(seam);
        var isTwice = IsReceived(seam) || (seam == Seam.Handler && IsRead(call));
        var attempts = (isCharged ? 1 : 0) + (call == Call.StartJob ? 0 : 1);
        var spent = IsRead(call) ? 0 : attempts * 0.1;
        var held = call == Call.StartJob ? StalledCall.Reservation : 0;

        return FormattableString.Invariant($"{Result(call)}, {(isTwice ? 2 : 1)} requests, spent {spent}, reserved {held}");
    }

    /// <summary>What is still reserved at the end: for a job that was started, whose cost is known when it ends.</summary>
    private static decimal Held(Call call, Seam seam) =>
        call == Call.StartJob && seam == Seam.StrategyAfter ? StalledCall.Reservation : 0;

    /// <summary>Whether the gateway received the request of the attempt.</summary>
    private static bool IsReceived(Seam seam) => seam is Seam.OpeningBody or Seam.Body or Seam.ErrorBody or Seam.StrategyAfter;

    private static bool IsRead(Call call) => call is Call.PollJob or Call.WaitJob;

    private static CCApiTimeoutKind PhaseOf(Call call, Seam seam)
    {
        switch (seam)
        {
            case Seam.OpeningBody when call == Call.Stream:
            case Seam.Body when call is Call.Stream or Call.SpeechStream:
                return CCApiTimeoutKind.FirstChunk;
            case Seam.Body:
                return CCApiTimeoutKind.Idle;
            default:
                return CCApiTimeoutKind.Attempt;
        }
    }

    private static string Result(Call call) => call switch
    {
        Call.Send => "{}",
        Call.Chat or Call.Stream or Call.SpeechStream => "Hello!",
        _ => "job-1",
    };
}
