using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Grains;

public class GroupCommitTests
{
    [Fact]
    public async Task CommitAsync_WhileAWriteIsUnderWay_SharesTheNextOne()
    {
        var writes = new List<TaskCompletionSource>();
        var commit = new GroupCommit(() => Begin(writes));

        var first = commit.CommitAsync();
        var others = Enumerable.Range(0, 50).Select(_ => commit.CommitAsync()).ToList();

        Assert.Single(writes);
        writes[0].SetResult();
        await first;
        Assert.Equal(2, writes.Count);
        Assert.DoesNotContain(others, other => other.IsCompleted);
        writes[1].SetResult();
        await Task.WhenAll(others);
        Assert.Equal(2, writes.Count);
    }

    [Fact]
    public async Task CommitAsync_AfterAWriteThatFailed_WritesAgain()
    {
        var writes = new List<TaskCompletionSource>();
        var commit = new GroupCommit(() => Begin(writes));
        var failed = commit.CommitAsync();

        writes[0].SetException(new InvalidOperationException("full"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failed);
        var next = commit.CommitAsync();
        writes[1].SetResult();

        await next;
    }

    private static Task Begin(List<TaskCompletionSource> writes)
    {
        // Continuations run at once, as on the one scheduler of a grain.
        var write = new TaskCompletionSource();
        writes.Add(write);
        return write.Task;
    }
}
