namespace CCApi.Emulator;

/// <summary>
/// What can go wrong on demand. By model id: <c>emulator/</c> and the words of the name in lower case, such as
/// <c>emulator/html</c>, <c>emulator/job-failed</c> or <c>emulator/status-503</c>. The kinds of jobs meet requests that start a
/// job, and pass over every other.
/// </summary>
public enum EmulatorFaultKind
{
    /// <summary>An error response with a status: <c>emulator/status-503</c>.</summary>
    Status,

    /// <summary>The connection is reset before the headers: <c>emulator/reset</c>.</summary>
    Reset,

    /// <summary>The response is truncated in its middle, and the connection closed: <c>emulator/cut</c>.</summary>
    Cut,

    /// <summary>The response stops in its middle and stays silent: <c>emulator/stall</c>.</summary>
    Stall,

    /// <summary>A page instead of JSON, with status 200: <c>emulator/html</c>.</summary>
    Html,

    /// <summary>An error object with status 200, in the middle of a stream or instead of a response: <c>emulator/hidden</c>.</summary>
    Hidden,

    /// <summary>The stream just ends, without a finish reason: <c>emulator/truncated</c>.</summary>
    Truncated,

    /// <summary>The job ends failed, with an error, and its charge is given back: <c>emulator/job-failed</c>.</summary>
    JobFailed,

    /// <summary>The job ends cancelled, and its charge is given back: <c>emulator/job-cancelled</c>.</summary>
    JobCancelled,

    /// <summary>The job ends expired, and its charge is given back: <c>emulator/job-expired</c>.</summary>
    JobExpired,

    /// <summary>The job reports an undocumented status for half of its time, and then completes: <c>emulator/job-unknown</c>.</summary>
    JobUnknown,
}
