using System.Diagnostics;
using System.Text;
using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>Asks the model, and shows its answer while it arrives.</summary>
internal sealed class Answers(
    ChatClient chat, Conversation conversation, BuiltInTools tools, Screen screen, LineReader lines)
{
    private static readonly CCApiRequestOptions _options = new() { SeparateThinking = true };

    // Of the turn under way.
    private readonly StringBuilder _text = new();

    public async Task AnswerAsync(string text, CancellationToken cancellationToken)
    {
        var request = conversation.Ask(text);
        _text.Clear();
        try
        {
            await (tools.AreOn ? RunAsync(request, cancellationToken) : StreamAsync(request, cancellationToken));
        }
        catch (Exception exception) when (_text.Length > 0 && exception is CCApiException or OperationCanceledException)
        {
            // It is on the screen, so the model should know it too. Without any of it, the question was not asked.
            conversation.Keep([.. request.Messages, ChatMessage.Assistant(_text.ToString())]);
            conversation.Bill.Add(null);
            screen.Note("(broken off; this much is part of the conversation)");
            throw;
        }
        finally
        {
            screen.EndLine();
        }
    }

    private async Task StreamAsync(ChatCompletionRequest request, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await using var stream = chat.StreamAsync(request, _options, cancellationToken);
        await foreach (var update in stream.ReadUpdatesAsync(cancellationToken))
        {
            if (update.Kind == ChatStreamUpdateKind.Reasoning)
            {
                screen.StreamThought(update.Text);
            }
            else if (update.Kind == ChatStreamUpdateKind.Text)
            {
                Show(update.Text);
            }
        }

        var answer = await stream.GetResponseAsync(cancellationToken);
        conversation.Keep(answer.Message is { } message ? [.. request.Messages, message] : request.Messages);
        conversation.Bill.Add(answer.Usage);
        Sum(answer, answer.Usage, stream.TimeToFirstToken, watch.Elapsed);
    }

    private async Task RunAsync(ChatCompletionRequest request, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan? first = null;
        var options = new ChatRunOptions { Stream = true, ApproveAsync = ApproveAsync };
        await foreach (var step in chat.RunAsync(request, tools.ForModel(), options, _options, cancellationToken))
        {
            first ??= watch.Elapsed;
            switch (step)
            {
                case ChatReasoningStep thought:
                    screen.StreamThought(thought.Text);
                    break;
                case ChatTextStep piece:
                    Show(piece.Text);
                    break;
                case ChatTurnStep turn:
                    conversation.Bill.Add(turn.Response.Usage);
                    screen.EndLine();
                    _text.Clear();
                    break;
                case ChatToolCallStep call:
                    screen.Tool($"{call.Name}({call.Arguments})");
                    break;
                case ChatToolResultStep result:
                    screen.Tool($"{result.Name}: {result.Content}");
                    break;
                case ChatDoneStep done:
                    conversation.Keep(done.Messages);
                    Sum(done.Response, done.Usage, first, watch.Elapsed, done.Turns);
                    if (done.End != ChatRunEnd.Completed)
                    {
                        screen.Error($"The model was stopped before it answered ({done.End}): say \"go on\", or ask for less at once.");
                    }

                    break;
            }
        }
    }

    private void Show(string text)
    {
        _text.Append(text);
        screen.Stream(text);
    }

    private async Task<bool> ApproveAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        if (call.Function?.Name is not { } name || !BuiltInTools.TouchesFiles(name))
        {
            return true;
        }

        screen.Question($"  Let the model call {name}({call.Function.Arguments})?");
        var answer = await lines.ReadAsync(cancellationToken);
        screen.Answered();
        return answer?.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase) == true;
    }

    private void Sum(
        ChatCompletionResponse answer, Usage? usage, TimeSpan? first, TimeSpan whole, int turns = 1)
    {
        var seconds = first is { } time ? $"first token after {time.TotalSeconds:0.00} s, all after {whole.TotalSeconds:0.00} s" : "an empty answer";
        var cut = answer.IsTruncated ? ", cut off" : answer.FinishReason == FinishReason.Length ? ", ended at the limit of tokens" : null;
        screen.Note($"({answer.Model ?? conversation.Model}: {(turns == 1 ? null : $"{turns} turns, ")}{seconds}, {Bill.Describe(usage)}{cut})");
    }
}
