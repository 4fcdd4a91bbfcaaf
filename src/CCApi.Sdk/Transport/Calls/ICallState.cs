using System;
using System.Collections.Generic;

namespace CCApi.Sdk;

/// <summary>The state of a call, as far as its failures and their messages depend on it.</summary>
internal interface ICallState
{
    ApiRequest Request { get; }

    CallSettings Settings { get; }

    CallClock Clock { get; }

    /// <summary>Masks the keys of the call and of its client.</summary>
    KeyRedaction Redaction { get; }

    /// <summary>Where the current attempt goes; null before it is known.</summary>
    Uri? Address { get; }

    /// <summary>Whether the current attempt was handed to the HttpClient. Before that, nothing can have been charged.</summary>
    bool IsSent { get; }

    /// <summary>How many bytes of the body of the current attempt were received.</summary>
    long BytesReceived { get; }

    /// <summary>The time of day, for dates in responses.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Every attempt that has ended; null when none is listed.</summary>
    IReadOnlyList<CCApiAttempt>? Attempts { get; }

    /// <summary>What the failed attempts cost; null when none was charged.</summary>
    CCApiCost? FailedCost { get; }

    /// <summary>Listed models whose ids are similar to that of the request.</summary>
    IReadOnlyList<string> SimilarModels { get; }

    /// <summary>What has not happened yet, so that the current attempt was not sent; null for nothing but the key.</summary>
    string? Pending { get; }
}
