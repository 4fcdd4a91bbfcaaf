using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>What options must be. Each problem is a sentence that says the fix.</summary>
internal static class OptionsValidation
{
    private static readonly string[] _ownHeaders =
    [
        "Authorization", "Host", "Content-Type", "Content-Length", "Content-Encoding", "Content-Language", "Content-Location", "Content-MD5", "Content-Range",
        "Content-Disposition", "Transfer-Encoding", "Connection", "Allow", "Expires", "Last-Modified", "Idempotency-Key", "User-Agent",
    ];

    /// <summary>Every problem of a client's options.</summary>
    public static IEnumerable<string> Problems(CCApiClientOptions options)
    {
        if (options.ApiKeyProvider is null && KeyProblem(options.ApiKey) is { } key)
        {
            yield return string.IsNullOrEmpty(options.ApiKey)
                ? $"No API key: set the environment variable {CCApiDefaults.ApiKeyVariable} or CCApiClientOptions.ApiKey. To run without a key, start the emulator (CCApiEmulator.StartAsync, or ccapi-emulator) and use its address and key."
                : $"CCApiClientOptions.ApiKey cannot be sent: {key}.";
        }

        foreach (var problem in AddressProblems(options).Concat(HeaderProblems(options.Headers)).Concat(TimeProblems(options)))
        {
            yield return problem;
        }

        if (options.UserAgent is { } agent && (agent.Trim().Length == 0 || !IsHeaderText(agent)))
        {
            yield return "CCApiClientOptions.UserAgent must not be empty, and hold neither line breaks nor anything but ASCII; leave it null for the default.";
        }

        if (options.MaxResponseBytes <= 0 || options.MaxLineBytes <= 0)
        {
            yield return "MaxResponseBytes and MaxLineBytes must be more than 0.";
        }

        if (options.MaxJsonValues <= 0)
        {
            yield return "MaxJsonValues must be more than 0.";
        }

        if (options.Failover.CoolDown < TimeSpan.Zero)
        {
            yield return "CCApiClientOptions.Failover.CoolDown must be 0 or more.";
        }

        if (options.Failover.Alternatives.Any(entry => string.IsNullOrWhiteSpace(entry.Key) || entry.Value is null || entry.Value.Any(string.IsNullOrWhiteSpace)))
        {
            yield return "CCApiClientOptions.Failover.Alternatives must not hold empty model ids.";
        }

        if (options.TimeProvider is null)
        {
            yield return "CCApiClientOptions.TimeProvider must not be null; TimeProvider.System is the default.";
        }
    }

    /// <summary>Every problem of one call's options.</summary>
    public static IEnumerable<string> Problems(CCApiRequestOptions options)
    {
        if (options.ApiKey is not null && KeyProblem(options.ApiKey) is { } key)
        {
            yield return $"CCApiRequestOptions.ApiKey cannot be sent: {key}.";
        }

        if (options.FailoverModels?.Any(string.IsNullOrWhiteSpace) == true)
        {
            yield return "CCApiRequestOptions.FailoverModels must not hold empty model ids.";
        }

        if (options.MaxRetries < 0)
        {
            yield return "CCApiRequestOptions.MaxRetries must be 0 or more.";
        }

        if (options.IdempotencyKey is { } idempotency && (idempotency.Trim().Length == 0 || !IsHeaderText(idempotency)))
        {
            yield return "CCApiRequestOptions.IdempotencyKey must not be empty, and hold neither line breaks nor anything but ASCII.";
        }

        if (!new[] { options.Total, options.Attempt, options.FirstChunk, options.NextChunk, options.Idle }.All(budget => budget is not { } time || IsBudget(time)))
        {
            yield return "The time budgets of CCApiRequestOptions must be more than 0, or Timeout.InfiniteTimeSpan.";
        }

        foreach (var problem in HeaderProblems(options.Headers))
        {
            yield return problem;
        }
    }

    /// <summary>Why a key cannot be sent, without a word of the key itself; null when it can.</summary>
    public static string? KeyProblem(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return "it is empty";
        }

        // '!' to '~': the visible ASCII characters, which are what a header can carry.
        return key!.All(letter => letter is >= '!' and <= '~') ? null : "it holds white space, a line break or a character that a header cannot carry; copy it again";
    }

    private static IEnumerable<string> AddressProblems(CCApiClientOptions options)
    {
        var address = options.BaseAddress;
        if (address is null || !address.IsAbsoluteUri)
        {
            yield return "CCApiClientOptions.BaseAddress must be absolute, such as https://api.ccapi.ai/v1/.";
            yield break;
        }

        if (address.Scheme is not ("https" or "http"))
        {
            yield return $"CCApiClientOptions.BaseAddress must start with https:// (it starts with {address.Scheme}:).";
        }
        else if (address.Scheme == "http" && !address.IsLoopback && !options.AllowInsecureHttp)
        {
            yield return $"CCApiClientOptions.BaseAddress is plain http, which would show the key to the network: use https://{address.Host}, or set AllowInsecureHttp.";
        }

        if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            yield return "CCApiClientOptions.BaseAddress must not have a user, a query or a fragment.";
        }

        if (address.AbsolutePath.TrimEnd('/').EndsWith("/chat/completions", StringComparison.OrdinalIgnoreCase))
        {
            yield return "CCApiClientOptions.BaseAddress must end before /chat/completions: the SDK adds the path of each operation.";
        }
    }

    private static IEnumerable<string> HeaderProblems(IDictionary<string, string> headers)
    {
        foreach (var header in headers)
        {
            if (_ownHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"The header {header.Key} belongs to the SDK: use the option for it (ApiKey, UserAgent, IdempotencyKey) or leave it out.";
            }
            else if (header.Key.Length == 0 || !header.Key.All(IsTokenLetter))
            {
                yield return "A header's name must be made of letters, digits and hyphens.";
            }
            else if (header.Value is null || !IsHeaderText(header.Value))
            {
                yield return $"The value of the header {header.Key} must not be null, and hold neither line breaks nor anything but ASCII.";
            }
        }
    }

    private static IEnumerable<string> TimeProblems(CCApiClientOptions options)
    {
        var (retry, times) = (options.Retry, options.Timeouts);
        if (retry.MaxRetries < 0)
        {
            yield return "CCApiRetryOptions.MaxRetries must be 0 or more.";
        }

        if (retry.BaseDelay < TimeSpan.Zero || retry.MaxDelay < TimeSpan.Zero || retry.MaxRetryAfter < TimeSpan.Zero)
        {
            yield return "The delays of CCApiRetryOptions must be 0 or more.";
        }

        if (!new[] { times.Connect, times.Attempt, times.Total, times.FirstChunk, times.NextChunk, times.Download, times.Idle }.All(IsBudget))
        {
            yield return "The budgets of CCApiTimeoutOptions must be more than 0, or Timeout.InfiniteTimeSpan.";
        }
    }

    private static bool IsBudget(TimeSpan time) => time > TimeSpan.Zero || time == Timeout.InfiniteTimeSpan;

    // The platform refuses anything else only when it sends, as if the connection had failed.
    private static bool IsHeaderText(string text) => text.All(letter => letter is >= ' ' and <= '~');

    private static bool IsTokenLetter(char letter) => letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or '.';
}
