namespace CCApi.Sdk.Models;

/// <summary>A response that may report what it cost.</summary>
internal interface ICostReport
{
    /// <summary>The model that was used; null when the response does not name it.</summary>
    string? Model { get; }

    /// <summary>What it used; null when it does not report that.</summary>
    Usage? Usage { get; }

    /// <summary>The cost that the gateway reports; null when it reports none.</summary>
    ReportedCost? Cost { get; }
}
