using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CCApi.Sdk.FaultTests;

/// <summary>Writes the table for people: <c>docs/faults.md</c>.</summary>
internal static class FaultDocument
{
    private const string Head = """
        # What comes of each fault

        Each cell says what a call comes to when it meets the fault: the outcome, the requests that reach the server, and the charges that stay. `Connection 3/0` is a
        `CCApiConnectionException` after three requests, and nothing was charged. `Timeout:Idle` is a `CCApiTimeoutException` whose `Kind` is `Idle`; `CCApi` is `CCApiException` itself;
        `truncated` is a response with `IsTruncated`. All settings are the defaults, but for small limits of size where a body never ends and a minute for a job without DNS. What was not sent, and what the gateway
        reports itself and gives back, is tried three times; what may have been charged is tried once, unless the call only reads. A request without a body whose connection is
        closed before any response is sent again by the platform's own handler, up to three times for each attempt: hence the 12.

        | column | call |
        | --- | --- |
        | Chat | `ChatClient.CompleteAsync` |
        | Stream | `ChatClient.StreamAsync`, read as text |
        | Speech | `AudioClient.CreateSpeechAsync` |
        | Image | `ImagesClient.GenerateAsync` |
        | Poll | `ImagesClient.GetJobAsync` |
        | Wait | `ImageJob.WaitAsync`; the fault happens to the first three polls |
        | Catalog | `CatalogClient.ListModelsAsync` |
        | Download | `ImagesClient.SaveAsync` of an image behind a URL; what fails leaves no file |

        `tests/CCApi.Sdk.FaultTests` runs every cell over real sockets. A raw server in front of the emulator does the wrong thing and counts the requests; the charges are the
        emulator's ledger, and the raw server takes the `Idempotency-Key` away, so that a request that is sent twice is charged twice. `tests/faults.sh` runs all of it and writes this page:
        ✓ stands where the run gave what was expected.


        """;

    /// <summary>The page.</summary>
    /// <param name="results">What a run gave; a cell that is missing was not run.</param>
    public static string Write(IReadOnlyDictionary<(string Fault, CallKind Call), Expectation> results)
    {
        var calls = Enum.GetValues<CallKind>();
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        page.Append("| fault | ").AppendJoin(" | ", calls).Append(" |\n");
        page.Append("| --- |").Insert(page.Length, " --- |", calls.Length).Append('\n');
        foreach (var fault in FaultTable.Faults)
        {
            page.Append("| ").Append(fault).Append(" | ").AppendJoin(" | ", calls.Select(call => Cell(fault, call, results))).Append(" |\n");
        }

        return page.ToString();
    }

    private static string Cell(string fault, CallKind call, IReadOnlyDictionary<(string Fault, CallKind Call), Expectation> results)
    {
        var expected = FaultTable.Of(fault, call);
        return !results.TryGetValue((fault, call), out var actual) ? $"{expected} (not run)"
            : actual == expected ? $"✓ {expected}" : $"✗ {expected}, was {actual}";
    }
}
