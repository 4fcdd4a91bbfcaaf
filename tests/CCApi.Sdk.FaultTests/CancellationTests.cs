using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Support;
using Xunit;

namespace CCApi.Sdk.FaultTests;

/// <summary>The caller cancels, in every state in which a call can be: that is never taken for a time-out, nor the other way round.</summary>
public class CancellationTests(FaultWorld world) : IClassFixture<FaultWorld>
{
    private static readonly string[] _responding = ["waiting for headers", "waiting for the first byte", "waiting for more"];

    public static IEnumerable<TheoryDataRow<string, CallKind>> States() => Rows([.. _responding, "waiting to try again"]);

    public static IEnumerable<TheoryDataRow<string, CallKind>> Responding() => Rows(_responding);

    private static IEnumerable<TheoryDataRow<string, CallKind>> Rows(string[] states) =>
        from state in states from call in Enum.GetValues<CallKind>() select new TheoryDataRow<string, CallKind>(state, call);

    [Theory]
    [MemberData(nameof(States))]
    public async Task Cancel_OfCall_IsACancellationOfThatToken(string state, CallKind call)
    {
        using var source = new CancellationTokenSource();
        using var gateway = new FaultyGateway(world.Emulator, turn => ReachAsync(state, turn, source), int.MaxValue);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MakeAsync(gateway, call, source.Token));

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Empty(gateway.Problems);
        Assert.Equal(1, gateway.Requests);
    }

    [Theory]
    [MemberData(nameof(Responding))]
    public async Task Cancel_WhenABudgetHasRunOutAtTheSameTime_IsACancellation(string state, CallKind call)
    {
        using var source = new CancellationTokenSource();
        using var gateway = new FaultyGateway(world.Emulator, turn => ReachAsync(state, turn, source, alsoRunOut: true), int.MaxValue);

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MakeAsync(gateway, call, source.Token));

        Assert.Equal(source.Token, exception.CancellationToken);
    }

    private static async Task ReachAsync(string state, GatewayTurn turn, CancellationTokenSource source, bool alsoRunOut = false)
    {
        if (state == "waiting to try again")
        {
            // Longer than the clock skips.
            await turn.SendOwnAsync(503, "application/json", """{"error":{"message":"Later."}}""", "Retry-After: 45");
            await turn.WaitUntilClosedAsync();
        }
        else
        {
            var response = await turn.AskEmulatorAsync();
            if (state != "waiting for headers")
            {
                await turn.SendAsync(response.Head("Connection: close"));
            }

            if (state == "waiting for more")
            {
                await turn.SendAsync(response.Half);
            }

            await turn.PassTimeAsync(TimeSpan.Zero);
        }

        await source.CancelAsync();
        if (alsoRunOut)
        {
            await turn.PassTimeAsync(TimeSpan.FromHours(1));
        }

        // Otherwise this end may close first, and the platform sends a request again whose connection was closed.
        await turn.WaitUntilClosedAsync();
    }

    private async Task MakeAsync(FaultyGateway gateway, CallKind call, CancellationToken cancellationToken)
    {
        var origin = new Uri($"http://127.0.0.1:{gateway.Port}");
        var options = new CCApiClientOptions { ApiKey = world.Emulator.ApiKey, BaseAddress = new Uri(origin, "v1"), TimeProvider = gateway.Clock };
        using var httpClient = new HttpClient(gateway.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new CCApiClient(new CCApiTransport(options.CheckedCopy(), () => httpClient, downloadClient: () => httpClient));
        await Calls.MakeAsync(call, client, origin, world, cancellationToken).WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
    }
}
