using System;

namespace CCApi.Emulator;

/// <summary>One attempt to announce the end of a job.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Url">The <c>webhook_url</c> of the request.</param>
/// <param name="JobId">The job.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
/// <param name="Status">The status of the response; null when there was none.</param>
/// <param name="Problem">
/// What went wrong when there was no response, or why it was not sent: at most 256 are pending at the same time.
/// </param>
public sealed record EmulatorWebhookDelivery(
    DateTimeOffset Time, string Url, string JobId, int Attempt, int? Status, string? Problem)
{
    /// <summary>Whether it was taken, so that no further attempt follows.</summary>
    public bool IsDelivered => Status is >= 200 and < 300;
}
