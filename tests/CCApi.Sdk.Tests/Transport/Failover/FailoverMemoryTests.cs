using System;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failover;

public class FailoverMemoryTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Order_OfCoolingModels_PutsThemLast()
    {
        var memory = new FailoverMemory();
        memory.Cool("A", _now.AddSeconds(10));
        memory.Cool("c", _now.AddSeconds(5));

        Assert.Equal(["b", "d", "a", "c"], memory.Order(["a", "b", "c", "d"], _now));
        Assert.Equal(["b", "c", "d", "a"], memory.Order(["a", "b", "c", "d"], _now.AddSeconds(5)));
        Assert.Equal(["a", "b", "c", "d"], memory.Order(["a", "b", "c", "d"], _now.AddSeconds(10)));
    }
}
