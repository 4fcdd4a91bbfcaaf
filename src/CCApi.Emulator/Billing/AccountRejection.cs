using System;

namespace CCApi.Emulator;

/// <summary>Why an account does not let a request pass.</summary>
/// <param name="Status">The status of the response.</param>
/// <param name="Message">The message of the error.</param>
/// <param name="Type">Its type.</param>
/// <param name="Code">Its code.</param>
/// <param name="Param">The part of the request that is wrong; null for none.</param>
/// <param name="RetryAfter">When to retry; null when that is not reported.</param>
internal sealed record AccountRejection(
    int Status, string Message, string Type, string Code, string? Param = null, TimeSpan? RetryAfter = null);
