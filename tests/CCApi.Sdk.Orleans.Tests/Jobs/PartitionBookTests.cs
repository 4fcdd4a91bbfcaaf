using System;
using System.Linq;
using CCApi.Sdk.Bulk;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Jobs;

public class PartitionBookTests
{
    [Fact]
    public void Take_UntilNothingWaits_IsInOrderAndMarksAsSent()
    {
        var book = new PartitionBook(new byte[3]);

        Assert.Equal([0, 1, 2, null], Enumerable.Range(0, 4).Select(_ => book.Take(TimeSpan.Zero)));
        Assert.Equal([1, 1, 1], book.ToBytes());
        Assert.Equal(3, book.InFlight);
        Assert.Null(book.UntilNext(TimeSpan.Zero));
    }

    [Fact]
    public void PutBack_WithADelay_IsTakenAfterIt()
    {
        var book = new PartitionBook(new byte[2]);
        book.Take(TimeSpan.Zero);
        book.Take(TimeSpan.Zero);
        book.PutBack(0, TimeSpan.FromSeconds(5));

        Assert.Null(book.Take(TimeSpan.FromSeconds(4)));
        Assert.Equal(TimeSpan.FromSeconds(1), book.UntilNext(TimeSpan.FromSeconds(4)));
        Assert.Equal(0, book.Take(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void PauseUntil_ATime_HoldsEverythingBack()
    {
        var book = new PartitionBook(new byte[1]);
        book.PauseUntil(TimeSpan.FromSeconds(3));
        book.PauseUntil(TimeSpan.FromSeconds(2));

        Assert.Null(book.Take(TimeSpan.FromSeconds(2.9)));
        Assert.Equal(TimeSpan.FromSeconds(3), book.UntilNext(TimeSpan.Zero));
        Assert.Equal(0, book.Take(TimeSpan.FromSeconds(3)));
    }

    [Theory]
    [InlineData(InDoubtAction.LookUp, new byte[] { 0, 7, 2, 3, 4, 5, 6 }, new[] { 2 })]
    [InlineData(InDoubtAction.Report, new byte[] { 0, 7, 7, 3, 4, 5, 6 }, new int[0])]
    [InlineData(InDoubtAction.Resend, new byte[] { 0, 0, 2, 3, 4, 5, 6 }, new[] { 2 })]
    public void Recover_OfEachState_IsWhatTheJobWants(InDoubtAction action, byte[] expected, int[] jobs)
    {
        var book = new PartitionBook([0, 1, 2, 3, 4, 5, 6]);

        Assert.Equal(jobs, book.Recover(action));

        Assert.Equal(expected, book.ToBytes());
    }

    [Fact]
    public void Recover_WithResend_LetsThemBeTakenAgain()
    {
        var book = new PartitionBook([3, 1]);
        book.Recover(InDoubtAction.Resend);

        Assert.Equal(1, book.Take(TimeSpan.Zero));
    }

    [Fact]
    public void Stop_WithWaitingItems_SendsNoneOfThem()
    {
        var book = new PartitionBook(new byte[3]);
        book.Take(TimeSpan.Zero);
        book.Take(TimeSpan.Zero);
        book.PutBack(1, TimeSpan.FromSeconds(1));

        book.Stop();

        Assert.Null(book.Take(TimeSpan.FromSeconds(2)));
        Assert.False(book.IsFinished);
        book.Finish(0, FleetItemState.Done);
        Assert.True(book.IsFinished);
        Assert.Equal([3, 6, 6], book.ToBytes());
    }
}
