using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading.Tasks;
using CCApi.Sdk.FaultTests.Joints;
using Xunit;

[assembly: AssemblyFixture(typeof(JointResults))]

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>What came of the cells of all tables.</summary>
public sealed class JointResults : IAsyncDisposable
{
    /// <summary>Where the page of the tables is written to, after all cells; not set: nowhere.</summary>
    private const string PageVariable = "CCAPI_JOINTS_PAGE";

    private readonly ConcurrentDictionary<(string Scenario, JointCall Call), string> _results = new();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable(PageVariable) is { Length: > 0 } page && !_results.IsEmpty)
        {
            await File.WriteAllTextAsync(page, JointDocument.Write(_results));
            JointFailures.Shorten(_results);
        }
    }

    internal void Keep(string scenario, JointCall call, string actual) => _results[(scenario, call)] = actual;
}
