namespace CCApi.Sdk;

/// <summary>A response that is the state of a job: with a payload, its error is that of the job, and not of the call.</summary>
internal interface IJobResponse : IApiResponse
{
    /// <summary>Whether a documented member reports an error.</summary>
    bool HasError { get; }

    /// <summary>Whether there is a result, also beside an error.</summary>
    bool HasResult { get; }

    string? JobId { get; }

    string? JobStatus { get; }

    /// <summary>
    /// Masks the keys in what becomes part of paths, logs and messages, later and elsewhere: the id of the job, and why it
    /// failed.
    /// </summary>
    void Redact(KeyRedaction redaction);
}
