using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
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

    [Fact]
    public async Task Failover_OfOneKeyOfTheProvider_SendsAnotherKeyToItsFirstModel()
    {
        const string completion = """{"choices":[{"index":0,"message":{"role":"assistant","content":"Hello!"},"finish_reason":"stop"}]}""";
        const string limited = """{"error":{"message":"slow","type":"rate_limit_error","code":"rate_limit_exceeded"}}""";
        var keys = new Queue<string>(["sk-tenant-a", "sk-tenant-a", "sk-tenant-b", "sk-tenant-a"]);
        var gateway = new FakeGateway().Respond(429, limited).Respond(200, completion).Respond(200, completion).Respond(200, completion);
        using var client = new CCApiClient(gateway.Transport(options =>
        {
            options.Retry.MaxRetries = 0;
            options.Failover.Alternatives["m1"] = ["m2"];
            options.ApiKeyProvider = _ => new(keys.Dequeue());
        }));

        await client.Chat.CompleteAsync("m1", "Hi");
        await client.Chat.CompleteAsync("m1", "Hi");
        await client.Chat.CompleteAsync("m1", "Hi");

        Assert.Equal(
            ["Bearer sk-tenant-a m1", "Bearer sk-tenant-a m2", "Bearer sk-tenant-b m1", "Bearer sk-tenant-a m2"],
            gateway.Sent.Select(sent => $"{sent.Header("Authorization")} {ModelOf(sent)}"));
        Assert.Equal(4, gateway.Sent.Select(sent => sent.Header("Idempotency-Key")).Distinct().Count());
        Assert.Empty(keys);
    }

    private static string ModelOf(Sent sent) => JsonDocument.Parse(sent.Body!).RootElement.GetProperty("model").GetString()!;
}
