namespace CCApi.Sdk;

/// <summary>Who reported a failure. It decides whether the gateway has given back what the call cost.</summary>
internal enum FailureSource
{
    /// <summary>The platform: nobody sent anything readable.</summary>
    Platform,

    /// <summary>The gateway, with an error response in JSON of its own.</summary>
    Gateway,

    /// <summary>A server in between, such as a proxy: an error status with a page, another JSON or nothing.</summary>
    Intermediary,

    /// <summary>The gateway, inside a response whose status is a success.</summary>
    Embedded,
}
