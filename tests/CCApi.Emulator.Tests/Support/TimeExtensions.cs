using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace CCApi.Emulator.Tests.Support;

internal static class TimeExtensions
{
    /// <summary>Lets the clock of a call run until it ends. Only budgets that must run out may be finite, because how far the clock gets is not known.</summary>
    public static async Task RunAsync(this FakeTimeProvider time, Task call)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        while (!call.IsCompleted)
        {
            patience.Token.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await call;
    }
}
