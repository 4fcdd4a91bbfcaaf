using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>Writes the tables for people: <c>docs/joints.md</c>.</summary>
internal static class JointDocument
{
    private const string Head = """
        # Where features meet

        Each cell says what comes of a call when features meet in it: the outcome, the requests that the server received, and the charges. `Canceled 2/1` is an
        `OperationCanceledException` after two requests, one of which was charged. `Disposed` is an `ObjectDisposedException`; `Timeout:Idle` is a `CCApiTimeoutException` whose
        `Kind` is `Idle`; any other name is an exception of the SDK without `CCApi` and `Exception`, and `ChatStructuredOutput:Server` and `SpeechSave:Download` are ones with that inner exception.
        `ok` is the result, `truncated` a result with `IsTruncated`, `left` a loop that the caller left. All settings are the defaults where the scenario does not say otherwise.

        Where a call has several requests, the fault meets the second one: the second turn of a run, the repair of a structured response, the download of a link, the first
        poll of a job, the second page. It meets the first one where only that can have it: failover of a job, an error hidden in the response with a link. In every cell
        the key and the client's headers must reach each request to the gateway, and no request to another host (one column adds the call's key and headers and those of the
        caller's `HttpClient`); and the client must close every connection whose response it does not await any more.

        | row | call |
        | --- | --- |
        | Chat | `ChatClient.CompleteAsync` |
        | Text | `ChatClient.StreamAsync`, read with `ReadTextAsync` |
        | Chunks | `ChatClient.StreamAsync`, enumerated by chunk |
        | ReasoningText | `ReadReasoningAsync`, then `ReadTextAsync` |
        | ReasoningResponse | `ReadReasoningAsync`, then `GetResponseAsync` |
        | Run | `ChatClient.RunAsync` of two turns |
        | RunStreamed | `ChatClient.RunAsync` of two streamed turns |
        | Structured | `ChatClient.CompleteAsync` of a type, whose first response does not match the schema |
        | Speech | `AudioClient.CreateSpeechAsync` |
        | SpeechStream | `AudioClient.StreamSpeechAsync`; the response is the sound |
        | SpeechLink | `AudioClient.StreamSpeechAsync`; the response is a link to another host |
        | Image | `ImagesClient.GenerateAsync` of a `LegacyImageGenerationRequest` |
        | ImageJob | `ImagesClient.GenerateAsync` of a `MultimodalImageGenerationRequest`: starts a job and polls it twice |
        | JobWait | `ImagesClient.StartAsync`, then `ImageJob.WaitAsync` |
        | JobWatch | `ImagesClient.StartAsync`, then `ImageJob.WatchAsync` |
        | Download | `ImagesClient.OpenReadAsync` of an image on another host |
        | Catalog | `CatalogClient.EnumerateModelsAsync` over two pages |
        | Send | `CCApiClient.SendAsync` of a POST |
        | SendEmpty | `CCApiClient.SendAsync` of a POST without a body |

        `tests/CCApi.Sdk.FaultTests/Joints` runs every cell over real sockets, against a raw server that follows a script and a clock that moves when the client has read
        everything. `tests/joints.sh` runs all of it and writes this page: ✓ stands where the run gave what was expected, and † where it did not when the tables were first run.
        A cell that makes no sense has a dash and the word of its reason:


        """;

    /// <summary>The page.</summary>
    /// <param name="results">What a run gave; a cell that is missing was not run.</param>
    public static string Write(IReadOnlyDictionary<(string Scenario, JointCall Call), string> results)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        page.Append("| word | reason |\n| --- | --- |\n");
        foreach (var (word, reason) in JointTable.Reasons)
        {
            page.Append("| ").Append(word).Append(" | ").Append(reason).Append(" |\n");
        }

        foreach (var group in JointTable.Groups)
        {
            page.Append("\n## ").Append(group.Name).Append("\n\n| call | ").AppendJoin(" | ", group.Scenarios).Append(" |\n");
            page.Append("| --- |").Insert(page.Length, " --- |", group.Scenarios.Length).Append('\n');
            foreach (var call in Enum.GetValues<JointCall>())
            {
                page.Append("| ").Append(call).Append(" | ").AppendJoin(" | ", group.Scenarios.Select(scenario => Cell(scenario, call, results))).Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static string Cell(string scenario, JointCall call, IReadOnlyDictionary<(string Scenario, JointCall Call), string> results)
    {
        if (JointTable.ReasonOf(scenario, call) is { } reason)
        {
            return $"– {reason}";
        }

        var expected = JointTable.Of(scenario, call);
        var mark = JointFailures.Before.Contains((scenario, call)) ? " †" : "";
        var isRun = results.TryGetValue((scenario, call), out var actual);
        if (JointFailures.Known.Contains((scenario, call)) && actual != expected)
        {
            return $"✗ {expected}{mark}";
        }

        if (!isRun)
        {
            return $"{expected}{mark} (not run)";
        }

        return actual == expected ? $"✓ {expected}{mark}" : $"✗ {expected}{mark}, was {actual}";
    }
}
