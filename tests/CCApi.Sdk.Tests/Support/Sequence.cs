using System.Collections.Generic;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Reads asynchronous sequences to their end. (The platform's own way exists on its newest version only.)</summary>
internal static class Sequence
{
    public static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
