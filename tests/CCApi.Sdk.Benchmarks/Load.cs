using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

internal static class Load
{
    public static Task RunAsync(IReadOnlyList<int> streams) => Task.FromResult(streams);
}
