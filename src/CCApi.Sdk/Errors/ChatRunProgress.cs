using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// What <see cref="ChatClient.RunAsync"/> had done before an exception ended it: the conversation, and what its turns used.
/// </summary>
/// <example><code>
/// catch (Exception exception) when (ChatRunProgress.Of(exception) is { } progress)
/// {
///     Console.WriteLine($"{progress.Turns} turns used {progress.Usage?.TotalTokens} tokens.");
/// }
/// </code></example>
public sealed class ChatRunProgress
{
    private static readonly ConditionalWeakTable<Exception, ChatRunProgress> _others = new();

    /// <summary>
    /// The conversation with every finished turn. Calls without a result have an error as result, so that it can be continued:
    /// add a message and start another run.
    /// </summary>
    public IReadOnlyList<ChatMessage> Messages { get; set; } = [];

    /// <summary>The last response; null when no turn was finished.</summary>
    public ChatCompletionResponse? Response { get; set; }

    /// <summary>What all finished turns used together; null when the gateway reported nothing.</summary>
    public Usage? Usage { get; set; }

    /// <summary>What the turns cost together, with the call that failed; null when nothing was charged.</summary>
    public CCApiCost? Cost { get; set; }

    /// <summary>The number of finished turns.</summary>
    public int Turns { get; set; }

    /// <summary>
    /// Gets the progress of the run that an exception ended; null for every other exception. It works for each type, such as
    /// <see cref="OperationCanceledException"/> and what <see cref="ChatRunOptions.ApproveAsync"/> throws;
    /// <see cref="CCApiException.RunProgress"/> is the same.
    /// </summary>
    /// <param name="exception">The exception.</param>
    public static ChatRunProgress? Of(Exception exception) => Require.NotNull(exception, nameof(exception)) switch
    {
        CCApiException own => own.RunProgress,
        _ => _others.TryGetValue(exception, out var progress) ? progress : null,
    };

    internal static void Attach(Exception exception, ChatRunProgress progress)
    {
        if (exception is CCApiException own)
        {
            own.RunProgress = progress;
            return;
        }

        // A tool or a hook may throw the same exception in several runs: the last one counts.
        _others.Remove(exception);
        _others.GetValue(exception, _ => progress);
    }
}
