namespace CCApi.Sdk;

/// <summary>What the status of a failed call means for a retry. Pure.</summary>
internal static class StatusPolicy
{
    /// <summary>Whether a call that failed with this status may succeed later, unchanged.</summary>
    public static bool IsTransient(int status) => status is 408 or 429 or 500 or 502 or 503 or 504 or (>= 520 and <= 524) or 529;

    /// <summary>
    /// Whether a call that failed with this status may have been charged. The gateway gives back what it reports as failed itself
    /// (inferred); a proxy's page does not show what happened behind the proxy. 429, 521 to 523 and 529 are rejections
    /// before any work, from every sender.
    /// </summary>
    public static bool MayBeCharged(int status, FailureSource source)
    {
        var isRejection = status is (< 500 and not 408) or (>= 521 and <= 523) or 529;
        if (isRejection)
        {
            return false;
        }

        var isReported = status is 408 or 500 or 502 or 503;

        return !isReported || source == FailureSource.Intermediary;
    }
}
