using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.FaultTests;

/// <summary>What must come of every call that meets a fault. It follows from what the SDK promises, and was written before anything was run against it.</summary>
/// <remarks>
/// A cell is the outcome, the requests that reach the server and the charges that stay. The promises behind it: what was not sent, and what the gateway reports
/// as failed with an error in JSON of its own (and gives back), also inside a 200, is tried 3 times in all; what may have been charged, such as what a proxy's page
/// hides, is tried once, unless the call only reads; what another attempt would not change is not retried; a time-out names its budget; a stream that just ends is truncated and no exception. The budgets are the defaults: 300 s for an attempt, 600 s
/// for a call, 120 s for a first chunk, 60 s of silence, 900 s for a job.
/// </remarks>
internal static class FaultTable
{
    private const string Text = """
        fault                          | Chat                 | Stream                 | Speech               | Image                | Poll               | Wait                 | Catalog            | Download
        refused                        | Connection 0/0       | Connection 0/0         | Connection 0/0       | Connection 0/0       | Connection 0/0     | Timeout:ImageJob 0/0 | Connection 0/0     | Connection 0/0
        DNS failure                    | Connection 0/0       | Connection 0/0         | Connection 0/0       | Connection 0/0       | Connection 0/0     | Timeout:ImageJob 0/0 | Connection 0/0     | Connection 0/0
        TLS failure                    | Connection 0/0       | Connection 0/0         | Connection 0/0       | Connection 0/0       | Connection 0/0     | Timeout:ImageJob 0/0 | Connection 0/0     | Connection 0/0
        black-holed connect            | Timeout:Connect 0/0  | Timeout:Connect 0/0    | Timeout:Connect 0/0  | Timeout:Connect 0/0  | Timeout:Connect 0/0 | Timeout:ImageJob 0/0 | Timeout:Connect 0/0 | Timeout:Connect 0/0
        reset before headers           | Connection 1/1       | Connection 1/1         | Connection 1/1       | Connection 1/1       | Connection 3/0     | ok 4/0               | Connection 3/0     | Connection 3/0
        closed before headers          | Connection 1/1       | Connection 1/1         | Connection 1/1       | Connection 1/1       | Connection 12/0    | ok 4/0               | Connection 12/0    | Connection 12/0
        reset mid-body                 | Connection 1/1       | Stream 1/1             | Connection 1/1       | Connection 1/1       | Connection 3/0     | ok 4/0               | Connection 3/0     | Connection 1/0
        truncated chunked body         | Connection 1/1       | Stream 1/1             | Connection 1/1       | Connection 1/1       | Connection 3/0     | ok 4/0               | Connection 3/0     | Connection 1/0
        content length too large       | Connection 1/1       | Stream 1/1             | Connection 1/1       | Connection 1/1       | Connection 3/0     | ok 4/0               | Connection 3/0     | Connection 1/0
        content length too small       | Protocol 1/1         | truncated 1/1          | Protocol 1/1         | Protocol 1/1         | Protocol 1/0       | Protocol 1/0         | Protocol 1/0       | ok 1/0
        body just ends                 | Protocol 1/1         | truncated 1/1          | Protocol 1/1         | Protocol 1/1         | Protocol 1/0       | Protocol 1/0         | Protocol 1/0       | ok 1/0
        slow headers                   | Timeout:Attempt 1/1  | Timeout:Attempt 1/1    | Timeout:Attempt 1/1  | Timeout:Attempt 1/1  | Timeout:Total 2/0  | Timeout:ImageJob 3/0 | Timeout:Total 2/0  | Timeout:Total 2/0
        slow body                      | ok 1/1               | ok 1/1                 | ok 1/1               | ok 1/1               | ok 1/0             | ok 1/0               | ok 1/0             | ok 1/0
        silent after headers           | Timeout:Idle 1/1     | Timeout:FirstChunk 1/1 | Timeout:Idle 1/1     | Timeout:Idle 1/1     | Timeout:Idle 3/0   | ok 4/0               | Timeout:Idle 3/0   | Timeout:Idle 1/0
        stalled body                   | Timeout:Idle 1/1     | Timeout:Idle 1/1       | Timeout:Idle 1/1     | Timeout:Idle 1/1     | Timeout:Idle 3/0   | ok 4/0               | Timeout:Idle 3/0   | Timeout:Idle 1/0
        one byte per second            | Timeout:Total 1/1    | Timeout:FirstChunk 1/1 | Timeout:Total 1/1    | Timeout:Total 1/1    | Timeout:Total 1/0  | Timeout:ImageJob 2/0 | Timeout:Total 1/0  | Timeout:Download 1/0
        garbage                        | Connection 1/1       | Connection 1/1         | Connection 1/1       | Connection 1/1       | Connection 3/0     | ok 4/0               | Connection 3/0     | Connection 3/0
        HTML                           | Protocol 1/1         | Protocol 1/1           | Protocol 1/1         | Protocol 1/1         | Protocol 1/0       | Protocol 1/0         | Protocol 1/0       | Protocol 1/0
        empty body                     | Protocol 1/1         | truncated 1/1          | Protocol 1/1         | Protocol 1/1         | Protocol 1/0       | Protocol 1/0         | Protocol 1/0       | Protocol 1/0
        401                            | Unauthorized 1/0     | Unauthorized 1/0       | Unauthorized 1/0     | Unauthorized 1/0     | Unauthorized 1/0   | Unauthorized 1/0     | Unauthorized 1/0   | Download 1/0
        402                            | Billing 1/0          | Billing 1/0            | Billing 1/0          | Billing 1/0          | Billing 1/0        | Billing 1/0          | Billing 1/0        | Download 1/0
        403 quota                      | Billing 1/0          | Billing 1/0            | Billing 1/0          | Billing 1/0          | Billing 1/0        | Billing 1/0          | Billing 1/0        | Download 1/0
        403                            | Permission 1/0       | Permission 1/0         | Permission 1/0       | Permission 1/0       | Permission 1/0     | Permission 1/0       | Permission 1/0     | Download 1/0
        404                            | NotFound 1/0         | NotFound 1/0           | NotFound 1/0         | NotFound 1/0         | NotFound 1/0       | NotFound 1/0         | NotFound 1/0       | Download 1/0
        408                            | CCApi 3/0            | CCApi 3/0              | CCApi 3/0            | CCApi 3/0            | CCApi 3/0          | ok 4/0               | CCApi 3/0          | Download 3/0
        413                            | BadRequest 1/0       | BadRequest 1/0         | BadRequest 1/0       | BadRequest 1/0       | BadRequest 1/0     | BadRequest 1/0       | BadRequest 1/0     | Download 1/0
        429                            | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: 2            | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: 0            | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: 1.5          | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: date         | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: past date    | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: soon         | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        429, Retry-After: 411000       | RateLimit 1/0        | RateLimit 1/0          | RateLimit 1/0        | RateLimit 1/0        | RateLimit 1/0      | ok 4/0               | RateLimit 1/0      | Download 1/0
        429, Retry-After: far date     | RateLimit 1/0        | RateLimit 1/0          | RateLimit 1/0        | RateLimit 1/0        | RateLimit 1/0      | ok 4/0               | RateLimit 1/0      | Download 1/0
        429, retry-after-ms: 1500      | RateLimit 3/0        | RateLimit 3/0          | RateLimit 3/0        | RateLimit 3/0        | RateLimit 3/0      | ok 4/0               | RateLimit 3/0      | Download 3/0
        500                            | Server 3/0           | Server 3/0             | Server 3/0           | Server 3/0           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        502                            | Server 3/0           | Server 3/0             | Server 3/0           | Server 3/0           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        502 in HTML                    | Server 1/0           | Server 1/0             | Server 1/0           | Server 1/0           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        503                            | Server 3/0           | Server 3/0             | Server 3/0           | Server 3/0           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        503 model_not_found            | ModelUnavailable 1/0 | ModelUnavailable 1/0   | ModelUnavailable 1/0 | ModelUnavailable 1/0 | ModelUnavailable 1/0 | ModelUnavailable 1/0 | ModelUnavailable 1/0 | Server 3/0
        504                            | Server 1/1           | Server 1/1             | Server 1/1           | Server 1/1           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        520                            | Server 1/1           | Server 1/1             | Server 1/1           | Server 1/1           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        521                            | Server 3/0           | Server 3/0             | Server 3/0           | Server 3/0           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        524                            | Server 1/1           | Server 1/1             | Server 1/1           | Server 1/1           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        529                            | Server 3/0           | Server 3/0             | Server 3/0           | Server 3/0           | Server 3/0         | ok 4/0               | Server 3/0         | Server 3/0
        501                            | Server 1/0           | Server 1/0             | Server 1/0           | Server 1/0           | Server 1/0         | Server 1/0           | Server 1/0         | Server 1/0
        redirect loop                  | Protocol 1/0         | Protocol 1/0           | Protocol 1/0         | Protocol 1/0         | Protocol 1/0       | Protocol 1/0         | Protocol 1/0       | Protocol 6/0
        error hidden in 200            | Server 3/0           | Server 1/0             | Server 3/0           | Server 3/0           | Server 3/0         | ok 4/0               | Server 3/0         | Protocol 1/0
        endless body                   | Protocol 1/1         | Stream 1/1             | Protocol 1/1         | Protocol 1/1         | Protocol 1/0       | Protocol 1/0         | Protocol 1/0       | Protocol 1/0
        endless headers                | Connection 1/1       | Connection 1/1         | Connection 1/1       | Connection 1/1       | Connection 3/0     | ok 4/0               | Connection 3/0     | Connection 3/0
        """;

    /// <summary>The faults, in the order of the table.</summary>
    public static IReadOnlyList<string> Faults { get; }

    private static readonly Dictionary<(string Fault, CallKind Call), Expectation> _cells = [];

    static FaultTable()
    {
        var rows = Text.Split('\n').Select(row => row.Split('|', StringSplitOptions.TrimEntries)).ToArray();
        var calls = rows[0].Skip(1).Select(Enum.Parse<CallKind>).ToArray();
        Faults = [.. rows.Skip(1).Select(row => row[0])];
        foreach (var row in rows.Skip(1))
        {
            foreach (var (call, cell) in calls.Zip(row.Skip(1)))
            {
                _cells.Add((row[0], call), Expectation.Parse(cell));
            }
        }
    }

    /// <summary>Every cell.</summary>
    public static IReadOnlyDictionary<(string Fault, CallKind Call), Expectation> All => _cells;

    /// <summary>What must come of a call that meets a fault.</summary>
    public static Expectation Of(string fault, CallKind call) => _cells[(fault, call)];
}
