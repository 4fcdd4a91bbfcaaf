using System;

namespace CCApi.Sdk.Bulk;

/// <summary>What a run does next.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Longest">The longest wait until the next decision; null for any.</param>
/// <param name="Work">The item to send.</param>
/// <param name="Flight">The call of the item to send.</param>
internal readonly record struct ScheduledStep(StepAction Action, TimeSpan? Longest = null, WorkItem? Work = null, Flight Flight = default);
