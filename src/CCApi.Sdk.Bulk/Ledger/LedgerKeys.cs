using System.Globalization;

namespace CCApi.Sdk.Bulk;

/// <summary>The idempotency keys of a ledger: an item has the same one whenever it is sent.</summary>
internal static class LedgerKeys
{
    public static string Of(string runId, string id) => string.Create(CultureInfo.InvariantCulture, $"bulk-{runId}-{ItemHash.Of(id):x32}");
}
