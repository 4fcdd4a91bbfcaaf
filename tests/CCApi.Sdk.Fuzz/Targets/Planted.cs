using System;
using System.Collections.Generic;
using System.Linq;
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
    public static void CheckResponse(ChatCompletionResponse response)
    {
        if (IsOn && response.ToolCalls is [var call, ..] && call.Function?.Arguments?.ToString() is ['{', .., '}'] && response.IsTruncated)
        {
            throw new FindingException("Planted: a stream that breaks off after its call.");
        }
    }

    /// <summary>Allocates 8 MiB for each list of a response.</summary>
    public static void CheckWritten(string json)
    {
        if (IsOn)
        {
            foreach (var character in json)
            {
                if (character == '[')
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

    /// <summary>Throws when a tool takes arguments that have an escape.</summary>
    public static void CheckToolResult(ChatToolResultStep result) =>
        Throw(!result.IsError && result.Call.Function?.Arguments?.ToString().Contains("\\u", StringComparison.Ordinal) == true, "arguments with an escape");

    /// <summary>Throws when a recipe has two ingredients or more.</summary>
    public static void CheckValue(object? value) => Throw(value is Recipe { Ingredients.Count: >= 2 }, "a value of two ingredients");

    /// <summary>Throws when five pages or more have three models or more.</summary>
    public static void CheckPages(int pages, int models) => Throw(pages >= 5 && models >= 3, "five pages of models");

    /// <summary>Throws when a delay is longer than that of any seed.</summary>
    public static void CheckDelays(IReadOnlyList<CCApiAttempt> attempts) =>
        Throw(attempts.Any(attempt => attempt.Delay > TimeSpan.FromSeconds(32)), "a long delay");

    /// <summary>Throws when a job fails after four states or more.</summary>
    public static void CheckJob(ImageJobFailedException? failure, int states) => Throw(failure is not null && states >= 4, "a job that fails late");

    /// <summary>Throws when a job's id is not ASCII.</summary>
    public static void CheckWebhook(IReadOnlyList<MultimodalImageGenerationResponse> handled) =>
        Throw(handled.Any(job => job.Id?.Any(character => character > '~') == true), "an id that is not ASCII");

    /// <summary>Throws when a stream of the last model is truncated.</summary>
    public static void CheckSession(SessionCaller caller, IReadOnlyList<SessionRequest> requests) =>
        Throw(requests is [.., { Model: "m2" }] && caller.Response is { IsTruncated: true, Text.Length: > 0 }, "a truncated stream of the last model");

    private static void Throw(bool isBug, string what)
    {
        if (IsOn && isBug)
        {
            throw new FindingException($"Planted: {what}.");
        }
    }

    private static void Hang()
    {
        while (IsOn)
        {
        }
    }
}
