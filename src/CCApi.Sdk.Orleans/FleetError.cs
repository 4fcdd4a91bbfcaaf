namespace CCApi.Sdk.Orleans;

/// <summary>What is wrong with a fleet or a job.</summary>
public enum FleetError
{
    /// <summary>The silos do not respond, or their storage fails; the inner exception has the reason.</summary>
    Unavailable,

    /// <summary>The silo has no storage or no reminders, the container no Orleans, or the silo no <see cref="CCApiClient"/>.</summary>
    NotConfigured,

    /// <summary>A setting is out of its range.</summary>
    InvalidSetting,

    /// <summary>A job with this id was submitted before, or is being submitted by somebody else.</summary>
    JobExists,

    /// <summary>There is no job with this id.</summary>
    JobNotFound,

    /// <summary>
    /// The items of a job cannot be run: there are none, two have the same id, or one is of a kind that a fleet cannot send.
    /// </summary>
    InvalidJob,
}
