using System;
using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failover;

public class FailoverMemoryTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly FailoverMemory _memory = new();

    [Fact]
    public void Order_OfCoolingModels_PutsThemLast()
    {
        _memory.Cool("key", "A", _now.AddSeconds(10), _now);
        _memory.Cool("key", "c", _now.AddSeconds(5), _now);

        Assert.Equal(["b", "d", "a", "c"], _memory.Order("key", ["a", "b", "c", "d"], _now));
        Assert.Equal(["b", "c", "d", "a"], _memory.Order("key", ["a", "b", "c", "d"], _now.AddSeconds(5)));
        Assert.Equal(["a", "b", "c", "d"], _memory.Order("key", ["a", "b", "c", "d"], _now.AddSeconds(10)));
    }

    [Fact]
    public void Order_ForAnotherKey_IsUnchanged()
    {
        _memory.Cool("sk-a", "a", _now.AddSeconds(10), _now);

        Assert.Equal(["a", "b"], _memory.Order("sk-b", ["a", "b"], _now));
    }

    [Fact]
    public void Cool_OfMoreModelsThanTheCapacity_ForgetsThoseThatCoolDownFirst()
    {
        for (var i = 0; i <= 3 * FailoverMemory.Capacity; i++)
        {
            _memory.Cool("key", $"m{i}", _now.AddSeconds(10 + i), _now);
        }

        var last = $"m{3 * FailoverMemory.Capacity}";
        Assert.InRange(_memory.Count, 1, FailoverMemory.Capacity);
        Assert.Equal(["m0", last], _memory.Order("key", [last, "m0"], _now));
    }

    [Fact]
    public void Cool_AfterOthersHaveCooledDown_ForgetsThem()
    {
        foreach (var i in Enumerable.Range(0, FailoverMemory.Capacity))
        {
            _memory.Cool("key", $"m{i}", _now.AddSeconds(1), _now);
        }

        var before = _memory.Count;
        _memory.Cool("key", "late", _now.AddSeconds(20), _now.AddSeconds(1));

        Assert.Equal((FailoverMemory.Capacity, 1), (before, _memory.Count));
    }
}
