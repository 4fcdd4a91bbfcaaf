using Xunit;

namespace CCApi.Sdk.Caching.Tests.Entries;

public class CachedMediaTests
{
    /// <summary>What is larger than the cache takes is not written, so that nobody may wait for it.</summary>
    [Fact]
    public void Bytes_OfMediaWithALongType_IncludeTheType()
    {
        var media = new CachedMedia([1, 2], [new CachedBlob([3], new string('x', 40_000)), null, new CachedBlob([4], null)]);

        Assert.Equal(40_004, media.Bytes);
    }
}
