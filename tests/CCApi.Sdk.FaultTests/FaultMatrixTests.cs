using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.FaultTests;

/// <summary>Every cell of the table, over real sockets: requests are counted by the raw server, charges by the emulator's ledger.</summary>
public class FaultMatrixTests(FaultWorld world) : IClassFixture<FaultWorld>
{
    private const int FaultyQuestions = 3;

    // The SDK cannot know of these requests.
    private const string SentAgainByThePlatform = "closed before headers";

    // A cell that hangs is a failure and not the end of the run.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    public static IEnumerable<TheoryDataRow<string, CallKind>> Cells() =>
        from fault in FaultTable.Faults from call in Enum.GetValues<CallKind>() select new TheoryDataRow<string, CallKind>(fault, call);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Fault_OfCall_IsAsExpected(string fault, CallKind call)
    {
        var actual = UnreachableServer.For(fault) is { } server
            ? await RunUnreachableAsync(server, call)
            : await RunFaultyAsync(fault, call);

        world.Keep(fault, call, actual);
        Assert.Equal(FaultTable.Of(fault, call), actual);
    }

    private async Task<Expectation> RunUnreachableAsync(UnreachableServer server, CallKind call)
    {
        using var _ = server;
        var charges = Charges();
        var (outcome, _) = await RunAsync(call, server.Origin, new SkippingTime(), server.CreateHandler());
        return new Expectation(outcome, Attempts: 0, Charges() - charges);
    }

    private async Task<Expectation> RunFaultyAsync(string fault, CallKind call)
    {
        var charges = Charges();
        using var gateway = new FaultyGateway(world.Emulator, FaultScripts.Of(fault)!, call == CallKind.Wait ? FaultyQuestions : int.MaxValue);
        var (outcome, exception) = await RunAsync(call, new Uri($"http://127.0.0.1:{gateway.Port}"), gateway.Clock, gateway.CreateHandler());

        Assert.Empty(gateway.Problems);
        if (exception is CCApiException { Attempts.Count: > 0 } known && call is not (CallKind.Wait or CallKind.Download) && fault != SentAgainByThePlatform)
        {
            // What the client reports is what happened.
            Assert.Equal(gateway.Requests, known.Attempts.Count);
        }

        return new Expectation(outcome, gateway.Requests, Charges() - charges);
    }

    private async Task<(string Outcome, Exception? Exception)> RunAsync(CallKind call, Uri origin, SkippingTime clock, HttpMessageHandler handler)
    {
        var options = new CCApiClientOptions
        {
            ApiKey = world.Emulator.ApiKey,
            BaseAddress = new Uri(origin, "v1"),
            TimeProvider = clock,
            MaxResponseBytes = 1024 * 1024,
            MaxLineBytes = 64 * 1024,
        };

        using var httpClient = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new CCApiClient(new CCApiTransport(options.CheckedCopy(), () => httpClient, downloadClient: () => httpClient));
        try
        {
            return (await Calls.MakeAsync(call, client, origin, world, CancellationToken.None).WaitAsync(_patience), null);
        }
#pragma warning disable CA1031 // Which exception it is, is what is tested.
        catch (Exception exception) when (exception is not Xunit.Sdk.IAssertionException)
#pragma warning restore CA1031
        {
            return (NameOf(exception), exception);
        }
    }

    private static string NameOf(Exception exception)
    {
        if (exception is not CCApiException)
        {
            return exception.ToString();
        }

        var name = exception.GetType().Name["CCApi".Length..^"Exception".Length];
        return exception is CCApiTimeoutException timeout ? $"{name}:{timeout.Kind}" : name.Length == 0 ? "CCApi" : name;
    }

    private int Charges() => world.Emulator.Ledger.Charges.Count(charge => !charge.IsRefunded);
}
