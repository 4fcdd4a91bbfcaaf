using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Common;

public class StreamExtensionsTests
{
    [Fact]
    public async Task ReadSome_IntoThePartOfAnArray_StaysWithinIt()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        var buffer = new byte[6];

        var read = await stream.ReadSomeAsync(buffer.AsMemory(2, 2), CancellationToken.None);

        Assert.Equal(2, read);
        Assert.Equal([0, 0, 1, 2, 0, 0], buffer);
    }

    [Fact]
    public async Task WriteSome_OfThePartOfAnArray_WritesOnlyThat()
    {
        using var stream = new MemoryStream();

        await stream.WriteSomeAsync(new byte[] { 1, 2, 3, 4 }.AsMemory(1, 2), CancellationToken.None);

        Assert.Equal([2, 3], stream.ToArray());
    }

    [Fact]
    public async Task Both_WithACancelledToken_AreCancelled()
    {
        using var stream = new MemoryStream([1]);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.ReadSomeAsync(new byte[1], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.WriteSomeAsync(new byte[1], cancelled));
    }
}
