using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Fuzz;

/// <summary>What must hold of a call, whatever the server and the caller did.</summary>
internal static class SessionChecks
{
    public static void CheckEnd(SessionPlan plan, SessionCaller caller, Disturbance earlier)
    {
        var disturbed = caller.Disturbed | earlier;
        var isTyped = caller.Error switch
        {
            null or CCApiException => true,
            OperationCanceledException => (disturbed & (Disturbance.CancelCall | Disturbance.CancelReader)) != 0,
            ObjectDisposedException => (disturbed & (Disturbance.DisposeStream | Disturbance.DisposeClient)) != 0,
            _ => false,
        };
        if (!isTyped)
        {
            throw new FindingException($"{plan.Kind} ended with an exception that is not the SDK's, disturbed by {disturbed}.", caller.Error!);
        }

        var isCanceled = (caller.Disturbed & (Disturbance.CancelCall | Disturbance.DisposeStream | Disturbance.DisposeClient)) != 0 && UsesWhatWasDisturbed(plan, caller.Disturbed);
        if (isCanceled && caller.EndedAt - caller.DisturbedAt > TimeSpan.FromSeconds(1))
        {
            throw new FindingException($"{plan.Kind} ended {caller.EndedAt - caller.DisturbedAt} after {caller.Disturbed}.");
        }
    }

    /// <summary>No more requests than the options allow, and none after one that may have been charged.</summary>
    public static void CheckRequests(SessionPlan plan, CCApiClientOptions client, IReadOnlyList<SessionRequest> requests, string key)
    {
        var posts = requests.Where(request => request.IsPost).ToList();
        var isRun = plan.Kind is CallerKind.Tools or CallerKind.StreamedTools;
        var models = plan.Options?.FailoverModels?.Count ?? client.Failover.Alternatives.Values.SingleOrDefault()?.Count ?? 0;
        var most = (1 + (plan.Options?.MaxRetries ?? client.Retry.MaxRetries)) * (1 + models) * (isRun ? 4 : 1);
        if (posts.Count > most || (posts.Count > 0 && plan.Kind is CallerKind.ListModels or CallerKind.EnumerateModels))
        {
            throw new FindingException($"{plan.Kind} sent {posts.Count} POSTs, and {most} are allowed.");
        }

        if (requests.FirstOrDefault(request => request.Authorization != $"Bearer {key}") is { } other)
        {
            throw new FindingException($"{other.Path} was sent with {other.Authorization}, not with the key of the call.");
        }

        if (!(plan.Options?.RetryPossiblyCharged ?? client.Retry.RetryPossiblyCharged))
        {
            foreach (var (before, after) in posts.Zip(posts.Skip(1)))
            {
                var isNextTurn = isRun && before.Reply is { Status: 200, Failure: null };
                if (before.Reply.MayBeCharged && !isNextTurn)
                {
                    throw new FindingException(
                        $"{plan.Kind} was sent again to {after.Model} after {before.Reply.Status} {before.Reply.Failure?.Message} ({Describe(before.Reply)}), which may have been charged.");
                }
            }
        }

        CheckIdempotency(posts, isRun);
    }

    /// <summary>A completion that was received is the one that was sent, streamed or not.</summary>
    public static void CheckContent(SessionPlan plan, SessionCaller caller, IReadOnlyList<SessionRequest> requests, Func<string, bool, ChatCompletionResponse> readPlain)
    {
        if (requests is not [.., { Reply: { Content: { } content } reply } last] || plan.Kind > CallerKind.Response)
        {
            return;
        }

        var mustSucceed = reply.IsIntact && caller.Disturbed == Disturbance.None && plan.HasAmpleTime
            && requests.Count == 1 && reply.Duration < TimeSpan.FromSeconds(40)
            && reply.Body.All(piece => piece.Delay < TimeSpan.FromSeconds(5));
        if (mustSucceed && (caller.Error is not null || caller.Response is not { IsTruncated: false }))
        {
            throw new FindingException($"{plan.Kind} failed although nothing was wrong with the reply ({Describe(reply)}).", caller.Error!);
        }

        if (caller is not { Error: null, Response: { } actual })
        {
            return;
        }

        var separates = plan.Options?.SeparateThinking == true;
        var expected = readPlain(content.ToPlain(last.Model), separates);
        var isPrompt = mustSucceed && reply.Duration < TimeSpan.FromSeconds(5);
        if (actual.Usage is null && !isPrompt)
        {
            // It follows the end of the text, and is awaited for at most five seconds, whatever heartbeats come before it.
            expected.Usage = null;
        }

        if (!actual.IsTruncated && Describe(actual) != Describe(expected))
        {
            throw new FindingException($"The plain response:\n{Describe(expected)}\n{plan.Kind}:\n{Describe(actual)}\nof {Describe(reply)}");
        }

        if (!actual.IsTruncated && caller.Text is not null && caller.Text != (actual.Text ?? ""))
        {
            throw new FindingException($"The pieces of text: {caller.Text}\nthe response: {actual.Text}");
        }

        var isPrefix = content.Text.StartsWith(Whole(actual.Text), StringComparison.Ordinal) && content.Reasoning.StartsWith(Whole(actual.Reasoning), StringComparison.Ordinal);
        if (!(separates && content.HasThinkTags) && !isPrefix)
        {
            throw new FindingException($"The text that was sent: {content.Text}\nreceived: {actual.Text}\nof {Describe(reply)}");
        }
    }

    /// <summary>The same call has the same key for each model, and another call has another one.</summary>
    private static void CheckIdempotency(List<SessionRequest> posts, bool isRun)
    {
        if (posts.Any(post => string.IsNullOrEmpty(post.IdempotencyKey)))
        {
            throw new FindingException("A POST has no Idempotency-Key.");
        }

        var keys = posts.GroupBy(post => post.IdempotencyKey).ToList();
        if (keys.Any(group => group.Select(post => post.Model).Distinct().Count() > 1) || (!isRun && keys.Count != posts.Select(post => post.Model).Distinct().Count()))
        {
            throw new FindingException($"The keys do not fit the models: {string.Join(", ", posts.Select(post => $"{post.Model} {post.IdempotencyKey}"))}");
        }
    }

    /// <summary>Cancelling the token of the reader does not end what has no such token.</summary>
    private static bool UsesWhatWasDisturbed(SessionPlan plan, Disturbance disturbance) => disturbance switch
    {
        Disturbance.DisposeStream => plan.Kind is >= CallerKind.Chunks and <= CallerKind.Response,
        Disturbance.CancelCall => plan.Kind is not (CallerKind.WaitForJob or CallerKind.WatchJob),
        _ => true,
    };

    private static string Describe(ChatCompletionResponse response)
    {
        var calls = response.ToolCalls.Select(call => $"{call.Id} {call.Function?.Name} {call.Function?.Arguments}");
        return $"{response.Id} {response.Model} {response.FinishReason} {response.Usage?.TotalTokens}\n{response.Text}\n{response.Reasoning}\n{string.Join('\n', calls)}";
    }

    private static string Describe(ScriptedReply reply) =>
        $"{JsonSerializer.Serialize(string.Concat(reply.Body.Select(piece => Encoding.UTF8.GetString(piece.Bytes))), FuzzJson.Default.String)}, then {reply.End}, after {reply.Duration}, headers {string.Join("; ", reply.Headers)}";

    /// <summary>The text without the half of a character at its end, which is replaced by a mark.</summary>
    private static string Whole(string? text) => (text ?? "").TrimEnd('\ufffd', '\ud83d');
}
