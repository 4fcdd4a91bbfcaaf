using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>Explains what a call would send and may cost, without sending it.</summary>
/// <param name="client">The options of the client.</param>
/// <param name="baseAddress">The normalized base address.</param>
/// <param name="authentication">The keys.</param>
/// <param name="memory">The models that are cooling down.</param>
/// <param name="costs">Computes what calls cost.</param>
internal sealed class CallExplainer(
    CCApiClientOptions client, Uri baseAddress, Authentication authentication, FailoverMemory memory, CostAccounting costs)
{
    /// <summary>Explains a call without sending it.</summary>
    /// <typeparam name="T">The type of the request.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="check">Throws when the facade would reject it.</param>
    /// <param name="callFor">Creates the call.</param>
    /// <param name="options">What differs for this call.</param>
    public CallExplanation Explain<T>(T request, Action<T> check, Func<T, ApiRequest> callFor, CCApiRequestOptions? options)
        where T : class
    {
        Require.NotNull(request, nameof(request));
        var problem = ProblemOf(request, check);

        return Explain(callFor(request), options, problem);
    }

    /// <summary>Explains a call without sending it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="options">What differs for this call.</param>
    /// <param name="problem">Why the facade would reject the request; null when it would not.</param>
    public CallExplanation Explain(ApiRequest request, CCApiRequestOptions? options, string? problem)
    {
        var redaction = authentication.RedactionOf(options?.ApiKey);
        var settings = new CallSettings(client, options);
        var priced = (IPricedRequest)request.Choice!;
        string[] ofOptions = options is null ? [] : [.. OptionsValidation.Problems(options)];
        var canFailOver = problem is null && ofOptions.Length == 0;
        var cursor = canFailOver ? FailoverCursor.For(request.Choice, settings, memory) : null;
        var body = BodyOf(request, cursor, ref problem);
        var headers = HeadersOf(request, settings, redaction);
        var address = RequestUri.Join(baseAddress, request.Path);
        var explanation = new CallExplanation(request.Method.Method, address, headers, redaction.Apply(body)!);

        var now = client.TimeProvider.GetUtcNow();
        explanation.Models = cursor?.Models ?? priced.Candidates;
        var key = settings.KeyIdentity ?? authentication.LastKey;
        explanation.CoolingModels = [.. explanation.Models.Where(model => memory.IsCooling(key, model, now))];
        if (problem is null)
        {
            Price(explanation, priced, cursor?.Model, Encoding.UTF8.GetByteCount(body));
        }
        else
        {
            explanation.AtMost = explanation.Estimate = PriceQuote.Unknown("the request cannot be sent");
        }

        var budgets = CallBudgets.For(client.Budget, options?.Budget, options?.RunBudget, CostScope.Current);
        explanation.Budgets = [.. budgets?.Describe() ?? []];
        if (client.RateLimiter?.GetStatistics() is { } limiter)
        {
            explanation.RateLimiter = FormattableString.Invariant(
                $"{limiter.CurrentAvailablePermits} permits available, {limiter.CurrentQueuedCount} waiting");
        }

        var obstacle = problem is null ? ObstacleOf(explanation, request, budgets) : null;
        string?[] problems = [problem, .. ofOptions, .. UnlistedModels(explanation), obstacle];
        explanation.Problems = [.. problems.OfType<string>()];

        return explanation;
    }

    private static string? ProblemOf<T>(T request, Action<T> check)
    {
        try
        {
            check(request);
            return null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The body; empty when the request cannot be sent.</summary>
    private static string BodyOf(ApiRequest request, FailoverCursor? cursor, ref string? problem)
    {
        if (problem is not null)
        {
            return string.Empty;
        }

        try
        {
            using var body = RequestBody.Write(cursor is null ? request.Choice! : cursor.Request);
            return body.Text;
        }
#pragma warning disable CA1031 // Whatever the call would throw is what is explained.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            problem = $"The request cannot be written as JSON: {exception.Message}";
            return string.Empty;
        }
    }

    private void Price(CallExplanation explanation, IPricedRequest priced, string? model, int bodyBytes)
    {
        explanation.AtMost = costs.Bounds.AtMost(priced, model, bodyBytes);
        var first = explanation.FirstModel;
        explanation.Estimate = first is null ? explanation.AtMost : costs.Bounds.Estimate(priced, first, bodyBytes);
    }

    private IEnumerable<string> UnlistedModels(CallExplanation explanation) =>
        explanation.Models.Where(model => costs.Bounds.Lists(model) == false).Select(CostBounds.Unlisted);

    /// <summary>Why a budget would reject the call; null when none would.</summary>
    private string? ObstacleOf(CallExplanation explanation, ApiRequest request, CallBudgets? budgets)
    {
        // The call would retrieve the prices, which nothing is sent for here.
        var isDecidedLater = costs.Bounds.AreRetrievedFirst && budgets?.IsExhausted == false;
        if (isDecidedLater)
        {
            return null;
        }

        var quote = explanation.AtMost;
        return budgets?.Obstacle(
            request.ToString(),
            explanation.FirstModel,
            currency => quote.Amount is { } amount ? costs.Convert(amount, quote.Currency!, currency) : null,
            quote.Reason)?.Message;
    }

    private List<KeyValuePair<string, string>> HeadersOf(ApiRequest request, in CallSettings settings, KeyRedaction redaction)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Accept"] = request.Accept,
            ["User-Agent"] = client.SentUserAgent,
            ["Idempotency-Key"] = settings.IdempotencyKey ?? RandomSource.NewId(),
        };

        foreach (var header in client.Headers)
        {
            headers[header.Key] = header.Value;
        }

        foreach (var header in settings.Headers ?? new Dictionary<string, string>())
        {
            headers[header.Key] = header.Value;
        }

        headers["Content-Type"] = ApiRequest.Json;

        return [.. headers.Select(header => new KeyValuePair<string, string>(header.Key, redaction.Apply(header.Value)!))];
    }
}
