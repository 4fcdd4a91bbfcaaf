#if !NET10_0_OR_GREATER
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace System.Linq;

/// <summary>What the tests use of the operators that .NET 10 has for asynchronous sequences.</summary>
internal static class AsyncEnumerableExtensions
{
    public static async IAsyncEnumerable<TResult> Select<T, TResult>(this IAsyncEnumerable<T> items, Func<T, TResult> select)
    {
        await foreach (var item in items)
        {
            yield return select(item);
        }
    }

    public static async ValueTask<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            list.Add(item);
        }

        return list;
    }

    public static async ValueTask<T[]> ToArrayAsync<T>(this IAsyncEnumerable<T> items, CancellationToken cancellationToken) =>
        [.. await items.ToListAsync(cancellationToken)];
}
#endif
