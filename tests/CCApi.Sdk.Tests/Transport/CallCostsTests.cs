using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Costs;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class CallCostsTests
{
    private readonly ClientState _client = new(FakeGateway.Options());
    private readonly List<CostEntry> _booked = [];

    public CallCostsTests() => _client.Costs.Booked = _booked.Add;

    [Fact]
    public void Of_AReportOrNone_IsTheLaterOneWithThatOfTheHeaders()
    {
        using var call = Post();
        var costs = call.Costs;
        costs.Reported = Report("0.25");

        var received = costs.Of(report: null);
        var ofBody = costs.Of(Report("0.5"));
        costs.OfHeaders = new HeaderCostReport(Report("0.75").Cost!.Value, body: null);
        var ofBoth = costs.Of(Report("1"));
        var ofHeaders = costs.Of(Report(cost: null));

        Assert.Equal([0.25m, 0.5m, 1m, 0.75m], new[] { received.Amount, ofBody.Amount, ofBoth.Amount, ofHeaders.Amount });
    }

    [Fact]
    public async Task OfReceived_AfterTheAttemptFailed_IsWhatTheFailedAttemptsCost()
    {
        using var call = Post();
        var before = call.Costs.OfReceived(Report("0.5"));

        await call.Costs.BookAsync(failure: null, isSent: false);

        Assert.Equal(0.5m, before!.Amount);
        Assert.Equal(0.5m, call.Costs.FailedCost!.Amount);
        Assert.Same(call.Costs.FailedCost, call.Costs.OfReceived(Report("9")));
    }

    [Fact]
    public void OfReceived_AfterAnErrorThatReportsACost_IsThat()
    {
        using var call = Post();
        call.Costs.ReportedByError = Report("0.75");

        Assert.Equal(0.75m, call.Costs.OfReceived(Report("0.5"))!.Amount);
    }

    [Fact]
    public async Task BookAsync_OfASuccess_BooksWhatWasComputedLastElseWhatWasReported()
    {
        using var computed = Post();
        using var reported = Post();
        using var unknown = Post();
        computed.Costs.Of(Report("0.5"));
        computed.Costs.Reported = Report("7");
        reported.Costs.Reported = Report("0.25");

        await computed.Costs.BookAsync();
        await computed.Costs.BookAsync();
        await reported.Costs.BookAsync();
        await unknown.Costs.BookAsync();

        Assert.Equal([0.5m, 0.25m, null], Booked(out var entries));
        Assert.Equal([ChatScript.Request.Model, ChatScript.Request.Model, ChatScript.Request.Model], entries.ConvertAll(entry => entry.Model));
    }

    public static TheoryData<string, string?, string?, string?, double?> Failures => new()
    {
        { "charge", "0.5", "0.25", "0.125", 0.5 },
        { "partial", null, "0.25", "0.125", 0.25 },
        { "reported", null, null, "0.125", 0.125 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task BookAsync_OfAFailure_BooksTheLatestReport(string name, string? charge, string? partial, string? reported, double? expected)
    {
        using var call = Post();
        call.Costs.Reported = reported is null ? null : Report(reported);
        var failure = new CallFailure
        {
            Kind = FailureKind.Response,
            Charge = charge is null ? null : Report(charge),
            Partial = partial is null ? null : Wire.Read<ChatCompletionResponse>($$$"""{"usage":{"cost":{{{partial}}}}}"""),
        };

        await call.Costs.BookAsync(failure, isSent: true);
        await call.Costs.BookAsync(failure, isSent: true);

        Assert.Equal((name, (decimal?)expected), (name, Assert.Single(Booked(out _))));
        Assert.Equal((decimal?)expected, call.Costs.FailedCost!.Amount);
        Assert.Equal((decimal?)expected, call.Costs.OfAttempt!.Amount);
    }

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    public async Task BookAsync_OfAFailureWithoutAReport_CostsAnUnknownAmountWhereItMayBeCharged(bool? mayBeCharged, bool isSent, bool isBooked)
    {
        using var call = Post();
        var failure = mayBeCharged is { } may ? new CallFailure { Kind = FailureKind.Response, MayBeCharged = may } : null;

        await call.Costs.BookAsync(failure, isSent);

        Assert.Equal(isBooked ? [null] : Array.Empty<decimal?>(), Booked(out var entries));
        Assert.Equal(isBooked, call.Costs.OfAttempt is not null);
        Assert.All(entries, entry => Assert.Equal(ChatScript.Request.Model, entry.Model));
    }

    [Fact]
    public async Task BookAsync_OfAFailureWithUsageOnly_CostsItsPrice()
    {
        _client.Costs.Prices = new TestPrices().Chat(ChatScript.Request.Model!, "1000000", "0");
        using var call = Post();
        var charge = BodyCostReport.Read("""{"usage":{"prompt_tokens":3,"completion_tokens":1}}"""u8);

        await call.Costs.BookAsync(new CallFailure { Kind = FailureKind.Response, Charge = charge, MayBeCharged = true }, isSent: true);

        Assert.Equal(3m, call.Costs.OfAttempt!.Amount);
    }

    [Fact]
    public async Task BookAsync_OfACallThatReads_BooksNothing()
    {
        using var call = new ApiCall(ApiRequest.Get("models"), _client, null, KeyRedaction.None, default);
        call.Costs.Reported = Report("0.5");

        await call.Costs.BookAsync();
        await call.Costs.BookAsync(failure: null, isSent: true);

        Assert.Empty(Booked(out _));
        Assert.Same(CCApiCost.Free, call.Costs.Of(report: null));
    }

    [Fact]
    public void BookPending_OfACharge_BooksWhatWasComputedLastElseWhatWasReported()
    {
        using var computed = Post();
        using var reported = Post();
        computed.Costs.Of(Report("0.5"));
        computed.Costs.Reported = Report("7");
        reported.Costs.Reported = Report("0.25");

        computed.Costs.BookPending(settled: null);
        reported.Costs.BookPending(settled: null);

        Assert.Equal([0.5m, 0.25m], Booked(out _));
    }

    [Fact]
    public async Task BeginAttempt_AfterOneThatCost_ForgetsIt()
    {
        using var call = Post();
        var costs = call.Costs;
        costs.Of(Report("0.5"));
        costs.ReportedByError = Report("0.5");
        costs.OfHeaders = new HeaderCostReport(Report("0.5").Cost!.Value, body: null);
        costs.IsBookedLater = true;
        await costs.BookAsync();

        costs.BeginAttempt();

        Assert.Equal((null, null, null, null, false), (costs.OfAttempt, costs.Reported, costs.ReportedByError, costs.OfHeaders, costs.IsBookedLater));
        await costs.BookAsync();
        Assert.Equal([0.5m, null], Booked(out _));
    }

    private decimal?[] Booked(out List<CostEntry> entries)
    {
        entries = _booked;
        return entries.ConvertAll(entry => entry.Amount).ToArray();
    }

    private static BodyCostReport Report(string? cost) =>
        BodyCostReport.Read(Encoding.UTF8.GetBytes(cost is null ? """{"usage":{"total_tokens":1}}""" : $$$"""{"usage":{"cost":{{{cost}}}}}"""))!;

    private ApiCall Post() => new(ApiRequest.Post("chat/completions", ChatScript.Request), _client, null, KeyRedaction.None, default);
}
