using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>What is fuzzed. A finding is a hang, too much memory, or any exception but the SDK's own.</summary>
internal static class FuzzTargets
{
    /// <summary>The most that one input may make the SDK allocate.</summary>
    public const long MostBytes = 64L * 1024 * 1024;

    /// <summary>How long a replayed input may take.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    public static IReadOnlyDictionary<string, Func<byte[], Task>> All { get; } = new SortedDictionary<string, Func<byte[], Task>>(StringComparer.Ordinal)
    {
        ["arguments"] = ArgumentsTarget.RunAsync,
        ["error"] = OnOneThread(ErrorTarget.Run),
        ["headers"] = HeadersTarget.RunAsync,
        ["jobs"] = JobsTarget.RunAsync,
        ["models"] = OnOneThread(ModelsTarget.Run),
        ["plain"] = OnOneThread(PlainTarget.Run),
        ["session"] = SessionTarget.RunAsync,
        ["sse"] = OnOneThread(SseTarget.Run),
        ["stream"] = OnOneThread(StreamTarget.Run),
        ["structured"] = OnOneThread(StructuredTarget.Run),
        ["webhook"] = OnOneThread(WebhookTarget.Run),
    };

    /// <summary>Runs one input from a thread that is not the pool's; throws when it is a finding.</summary>
    public static void Run(Func<byte[], Task> target, byte[] input) =>
        Task.Run(() => RunAsync(target, input)).GetAwaiter().GetResult();

    /// <summary>Runs one input; throws when it is a finding.</summary>
    public static async Task RunAsync(Func<byte[], Task> target, byte[] input)
    {
        Behavior.Reset();
        var (thread, before) = (Environment.CurrentManagedThreadId, GC.GetAllocatedBytesForCurrentThread());
        try
        {
            await target(input).ConfigureAwait(false);
        }
        catch (CCApiException exception)
        {
            // What a gateway may make a call end with.
            Behavior.Add(exception);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (thread == Environment.CurrentManagedThreadId && allocated > MostBytes)
        {
            throw new FindingException($"{allocated} bytes were allocated for an input of {input.Length}.");
        }
    }

    /// <summary>A target that never waits.</summary>
    private static Func<byte[], Task> OnOneThread(Action<byte[]> target) => input =>
    {
        target(input);
        return Task.CompletedTask;
    };
}
