using System;
using Microsoft.Extensions.Logging;

namespace CCApi.Sdk.Orleans;

/// <summary>What silos log.</summary>
internal static partial class FleetLog
{
    [LoggerMessage(1, LogLevel.Information, "Partition {Partition} was taken over by another activation.")]
    public static partial void PartitionTakenOver(ILogger logger, string partition);

    [LoggerMessage(2, LogLevel.Error, "Partition {Partition} failed. Its next activation goes on with what is stored.")]
    public static partial void PartitionFailed(ILogger logger, string partition, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Partition {Partition} does not respond; it is polled again.")]
    public static partial void PartitionSilent(ILogger logger, string partition, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The state of the job {Job} could not be stored. Its next activation begins with what is stored.")]
    public static partial void JobNotStored(ILogger logger, string job, Exception exception);
}
