using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CCApi.Sdk.FaultTests.Support;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>The cells that failed when the tables were written, and those that still do.</summary>
internal static class JointFailures
{
    /// <summary>A scenario and its calls in each line.</summary>
    private const string BeforeText = """
        key provider hangs | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image Catalog Send SendEmpty
        later reader's token | ReasoningText ReasoningResponse
        tool hangs | Run RunStreamed
        Total of all models | Text Chunks ReasoningText ReasoningResponse RunStreamed
        NextChunk | Text Chunks ReasoningText ReasoningResponse RunStreamed
        Download | SpeechStream SpeechLink Download
        client, awaiting headers | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Download Catalog Send SendEmpty
        client, in the body | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Download Catalog Send SendEmpty
        client, awaiting headers of an HttpClient | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Download Catalog Send SendEmpty
        client, in the body of an HttpClient | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Download Catalog Send SendEmpty
        client, in the body of an error | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream Image ImageJob JobWait JobWatch Catalog Send SendEmpty
        client, in a retry delay | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Download Catalog Send SendEmpty
        client, before the call | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Download Catalog Send SendEmpty
        stream, in a read | SpeechStream SpeechLink Download
        key and headers of the call, retried | SpeechLink ImageJob JobWait JobWatch Download
        401, a new key | SpeechLink Download
        401, the same key | SpeechLink Download
        401, key of the call | SpeechLink ImageJob JobWait JobWatch Download
        hidden 503 | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch
        hidden 503 with usage | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch
        silent body, may be charged | Text Chunks ReasoningText ReasoningResponse RunStreamed
        hidden 429 | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image Catalog Send SendEmpty
        quota of status 429 | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image ImageJob JobWait JobWatch Catalog Send SendEmpty
        success: false | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream SpeechLink Image Catalog Send SendEmpty
        complete, stays open | Text Chunks ReasoningText ReasoningResponse RunStreamed
        complete, then reset | Text Chunks ReasoningText ReasoningResponse RunStreamed
        before headers | SendEmpty
        HTML 502 | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream Image Send SendEmpty
        empty 502 | Chat Text Chunks ReasoningText ReasoningResponse Run RunStreamed Structured Speech SpeechStream Image Send SendEmpty
        heartbeats | Text Chunks ReasoningText ReasoningResponse RunStreamed
        """;

    /// <summary>The cells that failed when the tables were first run.</summary>
    public static IReadOnlySet<(string Scenario, JointCall Call)> Before { get; } = Parse(BeforeText);

    /// <summary>The cells that fail now. One that passes fails the tests, so that this list only becomes shorter.</summary>
    public static IReadOnlySet<(string Scenario, JointCall Call)> Known { get; } = Parse(File.ReadAllText(KnownPath));

    private static string KnownPath => Path.Combine(FaultWorld.Root, "tests", "CCApi.Sdk.FaultTests", "Joints", "known-failures.txt");

    /// <summary>Removes the cells that passed.</summary>
    public static void Shorten(IReadOnlyDictionary<(string Scenario, JointCall Call), string> results) =>
        File.WriteAllLines(
            KnownPath,
            from cell in Known
            where !results.TryGetValue(cell, out var actual) || actual != JointTable.Of(cell.Scenario, cell.Call)
            group cell.Call by cell.Scenario into calls
            select $"{calls.Key} | {string.Join(' ', calls)}");

    private static HashSet<(string Scenario, JointCall Call)> Parse(string text) =>
        [.. from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let parts = line.Split('|', StringSplitOptions.TrimEntries)
            from call in parts[1].Split(' ')
            select (parts[0], Enum.Parse<JointCall>(call))];
}
