using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Costs;

public class CostTrackerTests
{
    private readonly CostTracker _tracker = new();

    [Fact]
    public void Add_Charges_AddsThemByModelAndOperation()
    {
        _tracker.Add(Charge("chat/completions", "a", 0.1m));
        _tracker.Add(Charge("chat/completions", "b", 0.2m));
        _tracker.Add(Charge("audio/speech", "a", 3, "credits"));

        var totals = _tracker.GetSnapshot();

        Assert.Equal((3L, 0L, 0.3m, 3m), (totals.Total.Charges, totals.Total.UnknownCharges, totals.Total.AmountIn(), totals.Total.AmountIn("credits")));
        Assert.Equal(["a: 3 credits + 0.1 USD in 2 charges, 0 unknown", "b: 0.2 USD in 1 charges, 0 unknown"], totals.ByModel.Select(row => row.ToString()));
        Assert.Equal(["audio/speech", "chat/completions"], totals.ByOperation.Select(row => row.Name));
    }

    [Fact]
    public void Add_WithinScopes_CountsForEachOfThem()
    {
        using var outer = CostScope.Begin("a", new Dictionary<string, string> { ["team"] = "x" });
        _tracker.Add(Charge("o", "m", 1) with { Scope = outer });
        using var inner = CostScope.Begin("b", new Dictionary<string, string> { ["team"] = "y" });
        _tracker.Add(Charge("o", "m", 2) with { Scope = inner });

        var totals = _tracker.GetSnapshot();

        Assert.Equal([("a", 3m), ("a/b", 2m)], totals.ByScope.Select(row => (row.Name, row.AmountIn())));
        Assert.Equal([("team=x", 1m), ("team=y", 2m)], totals.ByTag.Select(row => (row.Name, row.AmountIn())));
    }

    [Fact]
    public void Add_UnknownAmount_CountsWhatItIsAtMost()
    {
        _tracker.Add(new CostEntry("o", null, null, Amount: null, "USD", AtMost: 0.5m));

        var total = _tracker.GetSnapshot().ByModel.Single();

        Assert.Equal(("(unknown)", 0L, 1L, 0m, 0.5m), (total.Name, total.Charges, total.UnknownCharges, total.AmountIn(), total.UnknownAtMost["USD"]));
    }

    [Fact]
    public void Correct_ToAnAmount_ReplacesTheCharge()
    {
        var booked = new CostEntry("o", "m", null, Amount: null, "USD", AtMost: 0.5m);
        _tracker.Add(booked);

        _tracker.Correct(booked, booked with { Amount = 0.25m });

        var total = _tracker.GetSnapshot().Total;
        Assert.Equal((1L, 0L, 0.25m, 0m), (total.Charges, total.UnknownCharges, total.AmountIn(), total.UnknownAtMost["USD"]));
    }

    [Fact]
    public void Correct_ToNothing_TakesTheChargeBack()
    {
        var booked = Charge("o", "m", 0.5m);
        _tracker.Add(booked);

        _tracker.Correct(booked, actual: null);

        Assert.Equal((0L, 0m), (_tracker.GetSnapshot().Total.Charges, _tracker.GetSnapshot().Total.AmountIn()));
    }

    [Fact]
    public async Task Add_ByManyAtOnce_IsExact()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                _tracker.Add(Charge("o", "m", 0.0000001m));
            }
        })));

        Assert.Equal((80_000L, 0.008m), (_tracker.GetSnapshot().Total.Charges, _tracker.GetSnapshot().Total.AmountIn()));
    }

    [Fact]
    public void Add_OfMoreNamesThanItKeeps_AddsTheOthersUp()
    {
        for (var i = 0; i < CostTracker.MaxNames + 5; i++)
        {
            _tracker.Add(Charge("o", FormattableString.Invariant($"m{i}"), 1));
        }

        var totals = _tracker.GetSnapshot();

        Assert.Equal(CostTracker.MaxNames + 1, totals.ByModel.Count);
        Assert.Equal(5, totals.ByModel.Single(row => row.Name == CostTracker.Others).AmountIn());
        Assert.Equal(CostTracker.MaxNames + 5, totals.Total.AmountIn());
    }

    [Fact]
    public void ToString_OfNamesWithLineBreaks_AddsNoRows()
    {
        using var scope = CostScope.Begin("a\nall calls", new Dictionary<string, string> { ["team\r"] = "x\t" });
        _tracker.Add(Charge("o", "m", 1) with { Scope = scope });

        Assert.Equal(
            ["cost of", "all calls", "model m", "operation o", "scope a?all calls", "tag team?=x?"],
            _tracker.ToString().TrimEnd('\n').Split('\n').Select(row => row.Split(["  "], 2, StringSplitOptions.None)[0]));
        Assert.Equal("a\nall calls", Assert.Single(_tracker.GetSnapshot().ByScope).Name);
    }

    [Fact]
    public void ToString_OfCharges_IsATable()
    {
        using var scope = CostScope.Begin("tenant-42");
        _tracker.Add(Charge("chat/completions", "a", 0.25m) with { Scope = scope });
        _tracker.Add(Charge("audio/speech", "b", 3, "credits"));

        Assert.Equal(
            """
            cost of                     charges  unknown   USD  credits
            all calls                         2        0  0.25        3
            model a                           1        0  0.25         
            model b                           1        0              3
            operation audio/speech            1        0              3
            operation chat/completions        1        0  0.25         
            scope tenant-42                   1        0  0.25         

            """.Replace("\r", ""),
            _tracker.ToString());
    }

    private static CostEntry Charge(string operation, string model, decimal amount, string currency = "USD") =>
        new(operation, model, null, amount, currency, AtMost: 0);
}
