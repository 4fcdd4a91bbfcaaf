using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Emulator.Tests.Control;

public class ControlAccountsTests
{
    private readonly Accounts _accounts = new(maxCharges: 100);
    private readonly EmulatorAccount _account;
    private readonly ControlAccounts _control;

    public ControlAccountsTests()
    {
        _account = _accounts.Add("sk-first-key", 10);
        _control = new ControlAccounts(_accounts);
    }

    [Fact]
    public void SetLimits_OfOneThatIsUsed_IsNeverSeenWithoutLimits()
    {
        _account.Limits.Use(EmulatorTier.Free);
        var withoutLimits = 0;
        using var isDone = new CancellationTokenSource();
        var reader = new Thread(() =>
        {
            while (!isDone.IsCancellationRequested)
            {
                withoutLimits += _account.Limits.RequestsPerMinute is null ? 1 : 0;
            }
        });
        reader.Start();

        for (var i = 0; i < 20_000; i++)
        {
            _control.SetLimits(Body("""{"tier":"free"}"""));
        }

        isDone.Cancel();
        reader.Join();
        Assert.Equal(0, withoutLimits);
    }

    [Theory]
    [InlineData("""{"tier":"pro"}""", 3000, 30, null, true)]
    [InlineData("""{"tier":"pro","requests_per_minute":1}""", 1, 30, null, true)]
    [InlineData("""{"concurrent_requests":4,"tokens_per_minute":5,"sends_retry_after":false}""", null, 4, 5L, false)]
    [InlineData("{}", null, null, null, true)]
    public void SetLimits_OfATierOrItsOwn_ReplacesAll(string json, int? perMinute, int? atOnce, long? tokens, bool sendsRetryAfter)
    {
        var limits = _account.Limits;
        limits.Use(EmulatorTier.Free);
        limits.TokensPerMinute = 9;

        _control.SetLimits(Body(json));

        Assert.Equal(
            (perMinute, atOnce, tokens, sendsRetryAfter),
            (limits.RequestsPerMinute, limits.ConcurrentRequests, limits.TokensPerMinute, limits.SendsRetryAfter));
    }

    [Fact]
    public async Task Add_OfTheSameKeyAtOnce_AddsOneAndRejectsTheOthers()
    {
        using var start = new Barrier(4);
        for (var round = 0; round < 200; round++)
        {
            var body = $$"""{"key":"sk-key-{{round}}"}""";
            var adding = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return Record.Exception(() => _control.Add(Body(body)));
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default));

            var exceptions = await Task.WhenAll(adding);

            Assert.Equal(3, exceptions.OfType<EmulatorScriptException>().Count());
            Assert.Equal(1, exceptions.Count(exception => exception is null));
        }
    }

    private static ScriptNode Body(string json) => ScriptNode.Parse(Encoding.UTF8.GetBytes(json), "body");
}
