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

    /// <summary>Throws when the stream breaks off although the arguments of its call are whole.</summary>
    public static void CheckAnswer(ChatCompletionResponse answer)
    {
        if (IsOn && answer.ToolCalls is [var call, ..] && call.Function?.Arguments?.ToString() is ['{', .., '}'] && answer.IsTruncated)
        {
            throw new FindingException("Planted: a stream that breaks off after its call.");
        }
    }

    /// <summary>Allocates 8 MiB for each list of an answer.</summary>
    public static void CheckWritten(string json)
    {
        if (IsOn)
        {
            foreach (var letter in json)
            {
                if (letter == '[')
                {
                    GC.KeepAlive(new byte[8 * 1024 * 1024]);
                }
            }
        }
    }

    /// <summary>Throws when an error of the server has a list of details and neither a type nor a parameter.</summary>
    public static void CheckError(CCApiException exception)
    {
        if (IsOn && exception is CCApiServerException { Details.ValueKind: JsonValueKind.Array, Type: null, Param: null })
        {
            throw new FindingException("Planted: an error of the server whose details are a list.");
        }
    }

    private static void Hang()
    {
        while (IsOn)
        {
        }
    }
}
