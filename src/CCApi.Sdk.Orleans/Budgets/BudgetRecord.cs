using System.Collections.Generic;
using Orleans;

namespace CCApi.Sdk.Orleans;

/// <summary>A budget as it is stored.</summary>
[GenerateSerializer]
[Alias("ccapi.budget-record")]
internal sealed class BudgetRecord
{
    /// <summary>The limit that was set; null when none was.</summary>
    [Id(0)]
    public decimal? Limit { get; set; }

    [Id(1)]
    public decimal Spent { get; set; }

    /// <summary>Reservations that are not settled, oldest first.</summary>
    [Id(2)]
    public List<ReservationRecord> Open { get; set; } = [];

    /// <summary>Reservations that expired and may be settled late, oldest first.</summary>
    [Id(3)]
    public List<ReservationRecord> Expired { get; set; } = [];
}
