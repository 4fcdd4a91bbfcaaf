namespace CCApi.Sdk.Bulk;

/// <summary>The kinds of <see cref="ScheduledStep"/>.</summary>
internal enum StepAction
{
    /// <summary>Nothing can be done before something changes.</summary>
    Wait,

    /// <summary>Sends an item whose delay is over.</summary>
    Send,

    /// <summary>Reads the next item of the input.</summary>
    Read,

    /// <summary>The run is over.</summary>
    End,
}
