using System;
using System.Collections.Generic;
using System.Linq;
using CCApi.Sdk.Bulk;

namespace CCApi.Sdk.Orleans;

/// <summary>A bulk job: items that the silos of a fleet send. <see cref="CCApiFleet.SubmitAsync"/> takes it.</summary>
public sealed class FleetJob
{
    /// <summary>The longest id of a job, in characters.</summary>
    public const int MaxIdLength = 128;

    /// <summary>Creates a job.</summary>
    /// <param name="id">The id, unique in the fleet, at most 128 characters.</param>
    /// <param name="items">
    /// The items: chat, speech and images. Structured output needs a type that other processes do not have; send it as chat with a
    /// response format.
    /// </param>
    /// <exception cref="ArgumentException">The id is empty or too long.</exception>
    public FleetJob(string id, IAsyncEnumerable<BulkItem> items)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        ArgumentNullException.ThrowIfNull(items);
        if (id.Length > MaxIdLength)
        {
            var message = FormattableString.Invariant($"The id has {id.Length} characters; at most {MaxIdLength} are allowed.");
            throw new ArgumentException(message, nameof(id));
        }

        Id = id;
        Items = items;
    }

    /// <summary>Creates a job.</summary>
    /// <param name="id">The id, unique in the fleet, at most 128 characters.</param>
    /// <param name="items">The items.</param>
    /// <exception cref="ArgumentException">The id is empty or too long.</exception>
    public FleetJob(string id, IEnumerable<BulkItem> items)
        : this(id, (items ?? throw new ArgumentNullException(nameof(items))).ToAsyncEnumerable())
    {
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>The items. They are read once, when the job is submitted.</summary>
    public IAsyncEnumerable<BulkItem> Items { get; }

    /// <summary>
    /// How many items a partition has, which is what one grain runs, on one silo at a time. It has fewer when their requests
    /// reach 1,048,576 characters of JSON.
    /// </summary>
    /// <value>1 to 10,000. The default is 250.</value>
    public int PartitionSize { get; init; } = 250;

    /// <summary>How many partitions run at once in the fleet.</summary>
    /// <value>1 or more. The default is 12. Take several for each silo, so that all of them have work.</value>
    public int PartitionsAtOnce { get; init; } = 12;

    /// <summary>How many calls a partition has under way at once.</summary>
    /// <value>1 or more. The default is 4. When a silo dies, at most this number of items for each of its partitions is in doubt.</value>
    public int CallsPerPartition { get; init; } = 4;

    /// <summary>How often an item is sent at most, when it fails with errors that may pass; a 429 does not count.</summary>
    /// <value>1 or more. The default is 3.</value>
    public int MaxRounds { get; init; } = 3;

    /// <summary>The delay before the second round of an item; it doubles with each further one, with jitter.</summary>
    /// <value>0 or more. The default is 1 second.</value>
    public TimeSpan RoundDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What happens to items whose silo died between their sending and their result.</summary>
    /// <value>The default is <see cref="InDoubtAction.LookUp"/>.</value>
    public InDoubtAction InDoubt { get; init; }

    /// <exception cref="FleetException">A setting is out of its range.</exception>
    internal JobSettings ToSettings()
    {
        Require(PartitionSize is >= 1 and <= 10_000, nameof(PartitionSize), "1 to 10,000");
        Require(PartitionsAtOnce >= 1, nameof(PartitionsAtOnce), "1 or more");
        Require(CallsPerPartition >= 1, nameof(CallsPerPartition), "1 or more");
        Require(MaxRounds >= 1, nameof(MaxRounds), "1 or more");
        Require(RoundDelay >= TimeSpan.Zero, nameof(RoundDelay), "0 or more");
        Require(Enum.IsDefined(InDoubt), nameof(InDoubt), "LookUp, Report or Resend");

        return new JobSettings
        {
            PartitionsAtOnce = PartitionsAtOnce,
            CallsPerPartition = CallsPerPartition,
            MaxRounds = MaxRounds,
            RoundDelay = RoundDelay,
            InDoubt = (int)InDoubt,
        };
    }

    private static void Require(bool isInRange, string name, string range)
    {
        if (!isInRange)
        {
            throw FleetException.Of(FleetError.InvalidSetting, $"FleetJob.{name} is out of its range: set it to {range}.");
        }
    }
}
