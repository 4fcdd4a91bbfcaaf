using System.Collections.Concurrent;
using System.Linq;
using System.Threading.Tasks;
using Orleans;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>Counts the calls of grains that reach the silos of a test. Thread-safe.</summary>
internal sealed class CallCounter : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, int> _calls = new();

    public int Of<T>() => _calls.Where(call => call.Key.StartsWith(typeof(T).Name + '.', System.StringComparison.Ordinal)).Sum(call => call.Value);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _calls.AddOrUpdate($"{context.InterfaceMethod.DeclaringType!.Name}.{context.InterfaceMethod.Name}", 1, (_, count) => count + 1);
        return context.Invoke();
    }
}
