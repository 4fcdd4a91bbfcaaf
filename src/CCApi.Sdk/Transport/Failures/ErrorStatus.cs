using System;
using System.Linq;
using System.Text;

namespace CCApi.Sdk;

/// <summary>
/// Finds the status that an error stands for, where the status of the response does not report it: an error in a 200 or in a
/// stream, or a used-up quota.
/// </summary>
internal static class ErrorStatus
{
    private const int Billing = 402;
    private const int RateLimit = 429;

    // Codes and types are short.
    private const int LongestWord = 256;

    // Parts of codes and types; the first that matches counts.
    private static readonly (string Part, int Status)[] _words =
    [
        ("model_not_found", 404), ("no_available", 503), ("unauthorized", 401), ("unauthenticated", 401),
        ("authentication", 401), ("invalid_api_key", 401), ("invalid_key", 401),
        ("insufficient_permission", 403), ("insufficient_scope", 403), ("insufficient_capacity", 503), ("insufficient_resource", 503),
        ("insufficient", Billing), ("billing", Billing), ("payment", Billing), ("arrear", Billing),
        ("credit", Billing), ("balance_", Billing), ("low_balance", Billing),
        ("overdue", Billing), ("budget_exceeded", Billing), ("spend_limit", Billing), ("spending_limit", Billing),
        ("usage_limit", Billing), ("request_limit", 429), ("requests_limit", 429), ("concurrency", 429),
        ("rate_limit", 429), ("too_many", 429), ("throttl", 429), ("resource_exhausted", 429), ("quota", Billing),
        ("overloaded", 529), ("access_denied", 403), ("permission", 403), ("forbidden", 403), ("moderation", 403),
        ("not_found", 404), ("timeout", 504), ("deadline_exceeded", 504), ("api_not_implemented", 501), ("invalid_request", 400),
        ("bad_request", 400), ("invalid", 400), ("context_length", 400),
        ("unavailable", 503), ("busy", 503), ("bad_gateway", 502), ("capacity", 503), ("api_error", 500),
        ("server_error", 500), ("internal", 500), ("upstream", 502), ("provider", 502),
    ];

    // Parts of messages that report a used-up quota or balance (observed: OpenAI, DeepSeek, Moonshot, Zhipu, new-api).
    private static readonly string[] _quotaPhrases =
    [
        "insufficient balance", "insufficient account balance", "insufficient quota",
        "insufficient user quota", "insufficient credit", "insufficient fund",
        "not enough balance", "not enough credit", "not enough quota", "not enough fund",
        "balance is not enough", "quota is not enough", "exceeded your current quota",
        "out of credit", "no credits", "credit balance", "balance is too low", "billing", "payment",
        "recharge", "top up", "in arrears", "余额", "额度", "欠费",
    ];

    // A rate limit may be called a quota, and its text may name the page where a higher one is bought.
    private static readonly string[] _ratePhrases =
        [
            "rate limit", "rate_limit", "ratelimit", "too many requests", "requests per", "tokens per",
            "per minute", "per second", "per hour", "retry in", "try again in",
        ];

    /// <summary>The status that an error response stands for: its own, or 402 when its body reports a used-up quota.</summary>
    public static int OfResponse(int status, ErrorBody? body)
    {
        var mayBeQuota = status is 403 or 429;
        if (!mayBeQuota)
        {
            return status;
        }

        if (body is not null && IsQuota(body))
        {
            return Billing;
        }

        return status;
    }

    /// <summary>The status that an error in a success stands for; null when nothing reports it.</summary>
    public static int? OfEmbedded(ErrorBody body)
    {
        var status = body.Status
            ?? OfWord(body.Code)
            ?? OfWord(body.Type)
            ?? OfWord(body.StatusWord)
            ?? OfWord(Token(body.Message));
        if (status is null)
        {
            if (IsQuota(body))
            {
                return Billing;
            }

            return null;
        }

        return OfResponse(status.Value, body);
    }

    /// <summary>The status that a code or a type stands for; null when it is not known.</summary>
    public static int? OfWord(string? word)
    {
        if (string.IsNullOrEmpty(word))
        {
            return null;
        }

        var name = InSnakeCase(word!.Length > LongestWord ? word.Substring(0, LongestWord) : word);
        foreach (var (part, status) in _words)
        {
            if (name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return status;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether an error reports that the balance or the quota of the key is used up: by its code, else by its type, else by its
    /// message. The code of a rate limit leaves it to the type.
    /// </summary>
    public static bool IsQuota(ErrorBody body)
    {
        var ofCode = OfWord(body.Code) ?? OfWord(Token(body.Message));
        if (ofCode is not (null or RateLimit))
        {
            return ofCode == Billing;
        }

        if (OfWord(body.Type) == Billing || body.Status == Billing)
        {
            return true;
        }

        return ofCode is null
            && body.Message is { } message
            && Contains(message, _quotaPhrases)
            && !Contains(message, _ratePhrases);
    }

    public static bool IsModelNotFound(string? code) => string.Equals(code, "model_not_found", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>RateLimitExceeded</c>, <c>rate-limit exceeded</c> and <c>rate_limit_exceeded</c> are one code.</summary>
    private static string InSnakeCase(string word)
    {
        var name = new StringBuilder(word.Length + 8);
        for (var i = 0; i < word.Length; i++)
        {
            var isNextWord = i > 0 && char.IsUpper(word[i]) && char.IsLower(word[i - 1]);
            if (isNextWord)
            {
                name.Append('_');
            }

            name.Append(word[i] is ' ' or '-' ? '_' : word[i]);
        }

        return name.ToString();
    }

    /// <summary>A message that is one word is a code: <c>{"error":"rate_limit_exceeded"}</c>.</summary>
    private static string? Token(string? message)
    {
        if (message is { Length: <= 64 } && !message.Any(char.IsWhiteSpace))
        {
            return message;
        }

        return null;
    }

    private static bool Contains(string text, string[] phrases) =>
        phrases.Any(phrase => text.IndexOf(phrase, StringComparison.OrdinalIgnoreCase) >= 0);
}
