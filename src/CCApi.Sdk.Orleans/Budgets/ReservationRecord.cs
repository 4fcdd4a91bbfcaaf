using System;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A reservation as it is stored.</summary>
[GenerateSerializer]
[Alias("ccapi.reservation")]
internal sealed class ReservationRecord
{
    [Id(0)]
    public string Id { get; set; } = string.Empty;

    [Id(1)]
    public decimal Amount { get; set; }

    [Id(2)]
    public bool IsSent { get; set; }

    /// <summary>How old it was when it was stored. Not a time of day: the clocks of silos may differ.</summary>
    [Id(3)]
    public TimeSpan Age { get; set; }
}
