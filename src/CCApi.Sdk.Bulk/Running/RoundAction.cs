namespace CCApi.Sdk.Bulk;

/// <summary>What follows a failed call of an item.</summary>
internal enum RoundAction
{
    /// <summary>Send it again in a further round.</summary>
    Repeat,

    /// <summary>Send it again when the limit allows; that is not a round.</summary>
    Wait,

    /// <summary>It failed for good.</summary>
    Fail,

    /// <summary>It may have been charged.</summary>
    Doubt,

    /// <summary>It does not fit into a budget, and was not sent.</summary>
    OutOfBudget,

    /// <summary>It was not sent.</summary>
    NotSent,

    /// <summary>The run was canceled before it was sent: it has no outcome, and the ledger stays as it is.</summary>
    Skip,
}
