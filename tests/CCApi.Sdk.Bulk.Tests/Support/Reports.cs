using System;

namespace CCApi.Sdk.Bulk.Tests.Support;

internal sealed class Reports(Action<BulkProgress> report) : IProgress<BulkProgress>
{
    public void Report(BulkProgress value) => report(value);
}
