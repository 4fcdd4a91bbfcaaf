using System;

namespace CCApi.Emulator;

/// <summary>The states that a job reports: pending, then processing, then how it ended.</summary>
internal static class JobStages
{
    /// <summary>A status that no vocabulary knows.</summary>
    public const string Undocumented = "upscaling";

    public const string Completed = "completed";

    private const double PendingPart = 0.25;
    private const double UndocumentedUntil = 0.75;

    public static string While(TimeSpan elapsed, TimeSpan duration, EmulatorFaultKind? fault)
    {
        if (elapsed < duration * PendingPart)
        {
            return "pending";
        }

        if (fault == EmulatorFaultKind.JobUnknown && elapsed < duration * UndocumentedUntil)
        {
            return Undocumented;
        }

        return "processing";
    }

    public static string After(EmulatorFaultKind? fault) => fault switch
    {
        EmulatorFaultKind.JobFailed => "failed",
        EmulatorFaultKind.JobCancelled => "cancelled",
        EmulatorFaultKind.JobExpired => "expired",
        _ => Completed,
    };
}
