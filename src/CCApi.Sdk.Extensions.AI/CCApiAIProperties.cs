namespace Microsoft.Extensions.AI;

/// <summary>
/// Names of what CCAPI adds to the <c>AdditionalProperties</c> of responses, of their messages and of the last update of a
/// stream's message. All values are numbers, texts or booleans, so that caches can store them.
/// </summary>
public static class CCApiAIProperties
{
    /// <summary>The id of the request, to quote to the gateway's support: a string.</summary>
    public const string RequestId = "ccapi.request_id";

    /// <summary>The number of attempts that the call took: an int.</summary>
    public const string Attempts = "ccapi.attempts";

    /// <summary>The provider that served the response: a string.</summary>
    public const string Provider = "ccapi.provider";

    /// <summary>The model that served the response, which may be another one than the requested: a string.</summary>
    public const string ServedModel = "ccapi.served_model";

    /// <summary>The cost of the call with all its attempts: a decimal. Absent when it is not known.</summary>
    public const string Cost = "ccapi.cost";

    /// <summary>The unit of <see cref="Cost"/>, <c>USD</c> or <c>credits</c>: a string.</summary>
    public const string CostCurrency = "ccapi.cost_currency";

    /// <summary>Where <see cref="Cost"/> is from, such as <c>Reported</c> or <c>Computed</c>: a string.</summary>
    public const string CostSource = "ccapi.cost_source";

    /// <summary>Present and true when the stream ended before it was complete, so that text may be missing: a bool.</summary>
    public const string IsTruncated = "ccapi.is_truncated";
}
