using System;
using System.Collections.Generic;

namespace CCApi.Sdk.Fuzz;

/// <summary>What is fuzzed. A finding is a hang, too much memory, or any exception but the SDK's own.</summary>
internal static class FuzzTargets
{
    /// <summary>The most that one input may make the SDK allocate.</summary>
    public const long MostBytes = 64L * 1024 * 1024;

    /// <summary>How long a replayed input may take.</summary>
    public static readonly TimeSpan Hang = TimeSpan.FromSeconds(10);

    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["error"] = ErrorTarget.Run,
        ["plain"] = PlainTarget.Run,
        ["sse"] = SseTarget.Run,
        ["stream"] = StreamTarget.Run,
    };

    /// <summary>Runs one input; throws when it is a finding.</summary>
    public static void Run(Action<byte[]> target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target(input);
        }
        catch (CCApiException)
        {
            // What a gateway may make a call end with.
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > MostBytes)
        {
            throw new FindingException($"{allocated} bytes were allocated for an input of {input.Length}.");
        }
    }
}
