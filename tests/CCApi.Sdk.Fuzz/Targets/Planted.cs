using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>
/// Bugs that show that the targets find bugs: each waits for something in what the SDK made of an input that no seed has. They are here and not in the SDK,
/// and only with CCAPI_FUZZ_PLANT=1.
/// </summary>
internal static class Planted
{
    private static readonly byte[][] _memory = new byte[80][];

    public static bool IsOn { get; set; } = Environment.GetEnvironmentVariable("CCAPI_FUZZ_PLANT") == "1";

    /// <summary>Hangs when an error event has three lines or more, the last of which ends with a bracket.</summary>
    public static void CheckEvents(IReadOnlyList<string> events)
    {
        if (!IsOn)
        {
            return;
        }

        foreach (var text in events)
        {
            if (text[0] == '!')
            {
                var lines = text.Split('\n');
                if (lines.Length >= 3 && lines[^1].EndsWith(']'))
                {
                    Hang();
                }
            }
        }
    }

    /// <summary>Throws when a call whose arguments are cut off is followed by another call.</summary>
    public static void CheckAnswer(ChatCompletionResponse answer)
    {
        if (IsOn && answer.FinishReason == FinishReason.Length && answer.ToolCalls is [var call, _, ..] && call.Function?.Arguments?.ToString().StartsWith("{\"", StringComparison.Ordinal) == true)
        {
            throw new FindingException("Planted: a call that was cut off is followed by another one.");
        }
    }

    /// <summary>Allocates 80 MiB when a failed job has an image with an address after one without.</summary>
    public static void CheckJob(MultimodalImageGenerationResponse job)
    {
        if (IsOn && job.Status == ImageJobStatus.Failed && job.Data is [{ Url: null }, { Url: not null }, ..])
        {
            for (var i = 0; i < _memory.Length; i++)
            {
                _memory[i] = new byte[1024 * 1024];
            }
        }
    }

    /// <summary>Throws when a rate limit of less than ten seconds has a list in its details.</summary>
    public static void CheckError(CCApiException exception)
    {
        if (IsOn && exception is CCApiRateLimitException { RetryAfter.TotalSeconds: < 10, Details.ValueKind: JsonValueKind.Array })
        {
            throw new FindingException("Planted: a short wait with details of a list.");
        }
    }

    private static void Hang()
    {
        while (IsOn)
        {
        }
    }
}
