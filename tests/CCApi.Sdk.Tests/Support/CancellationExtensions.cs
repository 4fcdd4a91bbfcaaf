using System.Threading;

namespace CCApi.Sdk.Tests.Support;

internal static class CancellationExtensions
{
    /// <summary>Cancels before the next line of the test, on every framework.</summary>
    public static void CancelNow(this CancellationTokenSource source) => source.Cancel();
}
