using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CCApi.Sdk;

/// <summary>What options must be. Each problem is a sentence that says the fix.</summary>
internal static class OptionsValidation
{
    /// <summary>Where a client that a constructor creates takes its key from, as the rest of "No API key".</summary>
    public const string KeyPlaces =
        ": set CCApiClientOptions.ApiKey or ApiKeyProvider, or use CCApiClient.FromEnvironment(), "
        + $"which reads the environment variable {CCApiDefaults.ApiKeyVariable}";

    private static readonly string[] _operations =
    [
        "/chat/completions", "/audio/speech", "/images/generations", "/images/generate", "/images/jobs", "/models", "/providers",
    ];

    private static readonly string[] _ownHeaders =
    [
        "Authorization",
        "Host",
        "Content-Type",
        "Content-Length",
        "Content-Encoding",
        "Content-Language",
        "Content-Location",
        "Content-MD5",
        "Content-Range",
        "Content-Disposition",
        "Transfer-Encoding",
        "Connection",
        "Allow",
        "Expires",
        "Last-Modified",
        "Idempotency-Key",
        "User-Agent",
    ];

    /// <summary>Every problem of a client's options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="keyPlaces">Where this client takes its key from, as the fix of a missing one.</param>
    public static IEnumerable<string> Problems(CCApiClientOptions options, string keyPlaces = KeyPlaces)
    {
        IEnumerable<string> problems =
        [
            .. KeyProblems(options, keyPlaces),
            .. AddressProblems(options),
            .. HeaderProblems(options.Headers),
            .. RetryProblems(options.Retry),
            .. TimeoutProblems(options.Timeouts),
            .. FailoverProblems(options.Failover),
            .. LimitProblems(options),
        ];

        foreach (var problem in problems)
        {
            yield return problem;
        }

        if (options.UserAgent is { } agent && !IsFilledHeaderText(agent))
        {
            yield return "CCApiClientOptions.UserAgent must not be empty, and hold neither line breaks nor anything "
                + "but ASCII; leave it null for the default.";
        }

        if (options.CreditValue <= 0)
        {
            yield return "CCApiClientOptions.CreditValue must be more than 0: US dollars per credit. "
                + "Leave it null when you do not know it.";
        }

        if (options.TimeProvider is null)
        {
            yield return "CCApiClientOptions.TimeProvider must not be null; TimeProvider.System is the default.";
        }
    }

    /// <summary>Checks the options of one call.</summary>
    /// <exception cref="ArgumentException">One of them is wrong.</exception>
    public static void Check(CCApiRequestOptions? options)
    {
        foreach (var problem in options is null ? [] : Problems(options))
        {
            throw new ArgumentException(problem, nameof(options));
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

        if (options.IdempotencyKey is { } idempotency && !IsFilledHeaderText(idempotency))
        {
            yield return "CCApiRequestOptions.IdempotencyKey must not be empty, and hold neither line breaks nor "
                + "anything but ASCII.";
        }

        (string Name, TimeSpan? Time)[] budgets =
        [
            ("Total", options.Total),
            ("Attempt", options.Attempt),
            ("FirstChunk", options.FirstChunk),
            ("NextChunk", options.NextChunk),
            ("Idle", options.Idle),
        ];

        var ofBudgets = BudgetProblems(nameof(CCApiRequestOptions), budgets);

        foreach (var problem in ofBudgets.Concat(HeaderProblems(options.Headers)))
        {
            yield return problem;
        }
    }

    /// <summary>Why a key cannot be sent, without any part of the key itself; null when it can.</summary>
    public static string? KeyProblem(string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return "it is empty";
        }

        // '!' to '~': the visible ASCII characters, which are what a header can carry.
        if (key!.All(character => character is >= '!' and <= '~'))
        {
            return null;
        }

        if (key!.TrimStart().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return "it begins with Bearer; set the key alone";
        }

        return "it holds white space, a line break or a character that a header cannot carry; copy it again";
    }

    private static IEnumerable<string> KeyProblems(CCApiClientOptions options, string keyPlaces)
    {
        if (options.ApiKeyProvider is not null || KeyProblem(options.ApiKey) is not { } problem)
        {
            yield break;
        }

        if (string.IsNullOrEmpty(options.ApiKey))
        {
            yield return $"No API key{keyPlaces}. To run without a key, start the emulator "
                + "(CCApiEmulator.StartAsync, or ccapi-emulator) and use its address and key.";
            yield break;
        }

        yield return $"CCApiClientOptions.ApiKey cannot be sent: {problem}.";
    }

    private static IEnumerable<string> AddressProblems(CCApiClientOptions options)
    {
        var address = options.BaseAddress;
        if (address is null || !address.IsAbsoluteUri)
        {
            yield return "CCApiClientOptions.BaseAddress must be absolute, such as https://api.ccapi.ai/v1/.";
            yield break;
        }

        var isPlainHttpAllowed = address.IsLoopback || options.AllowInsecureHttp;
        if (address.Scheme is not ("https" or "http"))
        {
            yield return $"CCApiClientOptions.BaseAddress must start with https:// (it starts with {address.Scheme}:).";
        }
        else if (address.Scheme == "http" && !isPlainHttpAllowed)
        {
            yield return "CCApiClientOptions.BaseAddress is plain http, which would show the key to the network: "
                + $"use https://{address.Host}, or set AllowInsecureHttp.";
        }

        var lengthOfOthers = address.Query.Length + address.Fragment.Length + address.UserInfo.Length;
        if (lengthOfOthers > 0)
        {
            yield return "CCApiClientOptions.BaseAddress must not have a user, a query or a fragment.";
        }

        var path = address.AbsolutePath.TrimEnd('/');
        if (Array.Find(_operations, operation => path.EndsWith(operation, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            yield return $"CCApiClientOptions.BaseAddress must end before {found}: the SDK adds the path of each operation.";
        }
    }

    private static IEnumerable<string> HeaderProblems(IDictionary<string, string> headers)
    {
        foreach (var header in headers)
        {
            if (_ownHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"The header {header.Key} belongs to the SDK: use the option for it "
                    + "(ApiKey, UserAgent, IdempotencyKey) or leave it out.";
            }
            else if (header.Key.Length == 0 || !header.Key.All(IsTokenCharacter))
            {
                yield return "A header's name may have only A to Z, a to z, 0 to 9, hyphens, underscores and dots.";
            }
            else if (header.Value is null || !IsHeaderText(header.Value))
            {
                yield return $"The value of the header {header.Key} must not be null, and hold neither line breaks "
                    + "nor anything but ASCII.";
            }
        }
    }

    private static IEnumerable<string> RetryProblems(CCApiRetryOptions retry)
    {
        if (retry.MaxRetries < 0)
        {
            yield return "CCApiRetryOptions.MaxRetries must be 0 or more.";
        }

        (string Name, TimeSpan Time)[] delays =
        [
            ("BaseDelay", retry.BaseDelay),
            ("MaxDelay", retry.MaxDelay),
            ("MaxRetryAfter", retry.MaxRetryAfter),
        ];

        foreach (var (name, _) in delays.Where(delay => delay.Time < TimeSpan.Zero))
        {
            yield return $"CCApiRetryOptions.{name} must be 0 or more.";
        }

        // A MaxDelay below the default BaseDelay just makes all delays short.
        var isBaseDelaySet = retry.BaseDelay != CCApiDefaults.BaseDelay;
        var isOverMaximum = retry.MaxDelay >= TimeSpan.Zero && retry.BaseDelay > retry.MaxDelay;
        if (isBaseDelaySet && isOverMaximum)
        {
            yield return "CCApiRetryOptions.BaseDelay must not be more than MaxDelay: raise MaxDelay or lower BaseDelay.";
        }
    }

    private static IEnumerable<string> TimeoutProblems(CCApiTimeoutOptions times) => BudgetProblems(
        nameof(CCApiTimeoutOptions),
        ("Connect", times.Connect),
        ("Attempt", times.Attempt),
        ("Total", times.Total),
        ("FirstChunk", times.FirstChunk),
        ("NextChunk", times.NextChunk),
        ("Download", times.Download),
        ("Idle", times.Idle));

    private static IEnumerable<string> FailoverProblems(CCApiFailoverOptions failover)
    {
        if (failover.CoolDown < TimeSpan.Zero)
        {
            yield return "CCApiClientOptions.Failover.CoolDown must be 0 or more.";
        }

        if (failover.Alternatives.Any(HasEmptyModelId))
        {
            yield return "CCApiClientOptions.Failover.Alternatives must not hold empty model ids.";
        }
    }

    private static bool HasEmptyModelId(KeyValuePair<string, IReadOnlyList<string>> entry)
    {
        if (string.IsNullOrWhiteSpace(entry.Key) || entry.Value is null)
        {
            return true;
        }

        return entry.Value.Any(string.IsNullOrWhiteSpace);
    }

    private static IEnumerable<string> LimitProblems(CCApiClientOptions options)
    {
        if (options.MaxResponseBytes <= 0)
        {
            yield return "CCApiClientOptions.MaxResponseBytes must be more than 0.";
        }

        if (options.MaxJsonValues <= 0)
        {
            yield return "CCApiClientOptions.MaxJsonValues must be more than 0.";
        }

        if (options.Telemetry.MaxContentLength <= 0)
        {
            yield return "CCApiClientOptions.Telemetry.MaxContentLength must be more than 0.";
        }

        if (options.MaxLineBytes <= 0)
        {
            yield return "CCApiClientOptions.MaxLineBytes must be more than 0.";
        }

        // A MaxResponseBytes below the default MaxLineBytes just limits lines too.
        var isLineLimitSet = options.MaxLineBytes != CCApiDefaults.MaxLineBytes;
        var isOverResponse = options.MaxResponseBytes > 0 && options.MaxLineBytes > options.MaxResponseBytes;
        if (isLineLimitSet && isOverResponse)
        {
            yield return "CCApiClientOptions.MaxLineBytes must not be more than MaxResponseBytes, which limits a whole "
                + "stream: raise MaxResponseBytes or lower MaxLineBytes.";
        }
    }

    private static IEnumerable<string> BudgetProblems(
        string type, params (string Name, TimeSpan? Time)[] budgets) =>
        from budget in budgets
        where budget.Time <= TimeSpan.Zero
        where budget.Time != Timeout.InfiniteTimeSpan
        select $"{type}.{budget.Name} must be more than 0, or Timeout.InfiniteTimeSpan.";

    // The platform rejects anything else only when it sends, as if the connection had failed.
    private static bool IsHeaderText(string text) => text.All(character => character is >= ' ' and <= '~');

    private static bool IsFilledHeaderText(string text) => text.Trim().Length > 0 && IsHeaderText(text);

    private static bool IsTokenCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.';
}
