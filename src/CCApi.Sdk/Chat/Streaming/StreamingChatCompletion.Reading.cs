using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace CCApi.Sdk;

/// <content>The stream as text, as reasoning, or as both and tool calls.</content>
public sealed partial class StreamingChatCompletion
{
    /// <summary>
    /// The text of choice 0, piece by piece as it is received. A character that was split between two chunks is returned as one.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">
    /// The stream was read before, other than by a finished <see cref="ReadReasoningAsync"/>.
    /// </exception>
    public IAsyncEnumerable<string> ReadTextAsync(CancellationToken cancellationToken = default) =>
        ReadTextCoreAsync(cancellationToken);

    /// <summary>
    /// The reasoning of choice 0, piece by piece, whichever of its members the gateway uses. It ends where the text or a tool
    /// call begins: <see cref="ReadTextAsync"/> or <see cref="GetResponseAsync"/> goes on from there.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    /// <example><code>
    /// await foreach (var thought in stream.ReadReasoningAsync())
    /// {
    ///     Console.Error.Write(thought);
    /// }
    ///
    /// await foreach (var text in stream.ReadTextAsync())
    /// {
    ///     Console.Write(text);
    /// }
    /// </code></example>
    public IAsyncEnumerable<string> ReadReasoningAsync(CancellationToken cancellationToken = default) =>
        ReadReasoningCoreAsync(cancellationToken);

    /// <summary>Text, reasoning and tool calls of choice 0 in the order in which they arrive, piece by piece.</summary>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The stream was read before.</exception>
    public IAsyncEnumerable<ChatStreamUpdate> ReadUpdatesAsync(
        CancellationToken cancellationToken = default) =>
        ReadUpdatesCoreAsync(cancellationToken);

    private async IAsyncEnumerable<string> ReadTextCoreAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!TryBegin(State.Paused))
        {
            Begin();
        }

        var isComplete = false;
        var text = default(WholeCharacters);

        try
        {
            if (_firstText is not null && text.Add(_firstText) is { } first)
            {
                yield return first;
            }

            while (!_isAtEnd && await NextAsync(textOnly: true, cancellationToken).ConfigureAwait(false) is { IsEnd: false } piece)
            {
                if (Add(piece) is { } added && text.Add(added) is { } whole)
                {
                    yield return whole;
                }
            }

            if (text.End() is { } rest)
            {
                yield return rest;
            }

            if (TextOfAnotherChoice() is { } other)
            {
                yield return other;
            }

            isComplete = true;
        }
        finally
        {
            await CloseAsync(isComplete).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<string> ReadReasoningCoreAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var isPaused = false;
        var reasoning = default(WholeCharacters);

        try
        {
            while (!isPaused)
            {
                var piece = await NextAsync(textOnly: true, cancellationToken).ConfigureAwait(false);
                if (piece.IsEnd)
                {
                    _isAtEnd = isPaused = true;
                    break;
                }

                _firstText = Add(piece);
                if (_assembler.AddedReasoning is { } thought && reasoning.Add(thought) is { } whole)
                {
                    yield return whole;
                }

                isPaused = _firstText is not null || _assembler.AddedToolCalls is not null;
            }

            if (reasoning.End() is { } rest)
            {
                yield return rest;
            }
        }
        finally
        {
            if (!isPaused || _isAtEnd)
            {
                await CloseAsync(_isAtEnd).ConfigureAwait(false);
            }

            if (isPaused)
            {
                Volatile.Write(ref _state, (int)State.Paused);
            }
        }
    }

    private async IAsyncEnumerable<ChatStreamUpdate> ReadUpdatesCoreAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var isComplete = false;
        var (text, reasoning) = (default(WholeCharacters), default(WholeCharacters));

        try
        {
            while (await NextAsync(textOnly: true, cancellationToken).ConfigureAwait(false) is { IsEnd: false } piece)
            {
                var added = Add(piece);
                if (_assembler.AddedReasoning is { } thought && reasoning.Add(thought) is { } wholeThought)
                {
                    yield return new ChatStreamUpdate(ChatStreamUpdateKind.Reasoning, wholeThought);
                }

                if (added is not null && text.Add(added) is { } wholeText)
                {
                    yield return new ChatStreamUpdate(ChatStreamUpdateKind.Text, wholeText);
                }

                for (var i = 0; i < _assembler.AddedToolCalls?.Count; i++)
                {
                    if (ToolCallUpdate(i) is { } update)
                    {
                        yield return update;
                    }
                }
            }

            if (reasoning.End() is { } restOfReasoning)
            {
                yield return new ChatStreamUpdate(ChatStreamUpdateKind.Reasoning, restOfReasoning);
            }

            if (text.End() is { } restOfText)
            {
                yield return new ChatStreamUpdate(ChatStreamUpdateKind.Text, restOfText);
            }

            if (TextOfAnotherChoice() is { } other)
            {
                yield return new ChatStreamUpdate(ChatStreamUpdateKind.Text, other);
            }

            isComplete = true;
        }
        finally
        {
            await CloseAsync(isComplete).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Only at the end is it sure that a gateway counts its choices otherwise; the response's text is that of its first choice
    /// then.
    /// </summary>
    private string? TextOfAnotherChoice()
    {
        if (!_assembler.HasChoiceZero && Partial().Text is { Length: > 0 } other)
        {
            return other;
        }

        return null;
    }

    /// <summary>A piece of a tool call; null when it only repeats the name of the call before.</summary>
    private ChatStreamUpdate? ToolCallUpdate(int piece)
    {
        if (_assembler.ToolCallOf(piece) is not var (index, id, name))
        {
            return null;
        }

        var arguments = _assembler.AddedToolCalls![piece].Function?.Arguments?.ToString();

        return new ChatStreamUpdate(ChatStreamUpdateKind.ToolCall, arguments ?? "")
        {
            ToolCallIndex = index,
            ToolCallId = id,
            ToolName = name,
        };
    }
}
