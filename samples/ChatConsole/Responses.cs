using System.Diagnostics;
using System.Text;
using CCApi.Sdk;
using CCApi.Sdk.Models;

namespace ChatConsole;

/// <summary>Sends messages to the model, and shows its response while it is received.</summary>
internal sealed class Responses(
    ChatClient chat, Conversation conversation, BuiltInTools tools, Screen screen, LineReader lines)
{
    // Of the turn under way.
    private readonly StringBuilder _text = new();

    public async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        var request = conversation.Next(text);
        _text.Clear();

        try
        {
            await (tools.AreOn ? RunAsync(request, cancellationToken) : StreamAsync(request, cancellationToken));
        }
        catch (Exception exception) when (_text.Length > 0 && exception is CCApiException or OperationCanceledException)
        {
            // It is on the screen, so the model should know it too. Without any of it, the message was not sent.
            conversation.Keep([.. request.Messages, ChatMessage.Assistant(_text.ToString())]);
            conversation.Bill.Add(null);
            screen.Note("(stopped; this much is part of the conversation)");

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
        await using var stream = chat.StreamAsync(request, conversation.Options, cancellationToken);

        await foreach (var update in stream.ReadUpdatesAsync(cancellationToken))
        {
            if (update.Kind == ChatStreamUpdateKind.Reasoning)
            {
                screen.StreamReasoning(update.Text);
            }
            else if (update.Kind == ChatStreamUpdateKind.Text)
            {
                Show(update.Text);
            }
        }

        var response = await stream.GetResponseAsync(cancellationToken);
        conversation.Keep(response.Message is { } message ? [.. request.Messages, message] : request.Messages);
        conversation.Bill.Add(response.Usage);
        Sum(response, response.Usage, stream.TimeToFirstToken, watch.Elapsed);
    }

    private async Task RunAsync(ChatCompletionRequest request, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        TimeSpan? first = null;
        var options = new ChatRunOptions { Stream = true, ApproveAsync = ApproveAsync };

        await foreach (var step in chat.RunAsync(request, tools.ForModel(), options, conversation.Options, cancellationToken))
        {
            first ??= watch.Elapsed;
            switch (step)
            {
                case ChatReasoningStep reasoning:
                    screen.StreamReasoning(reasoning.Text);
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
                        screen.Error(
                            $"The model was stopped before its response was complete ({done.End}): "
                            + "say \"continue\", or request less at once.");
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
        var reply = await lines.ReadAsync(cancellationToken);
        screen.EndQuestion();

        return reply?.Trim().StartsWith("y", StringComparison.OrdinalIgnoreCase) == true;
    }

    private void Sum(
        ChatCompletionResponse response, Usage? usage, TimeSpan? first, TimeSpan whole, int turns = 1)
    {
        List<string> facts = [];
        if (turns > 1)
        {
            facts.Add($"{turns} turns");
        }

        facts.Add(first is { } time
            ? $"first token after {time.TotalSeconds:0.00} s, all after {whole.TotalSeconds:0.00} s"
            : "an empty response");
        facts.Add(Bill.Describe(usage));

        if (response.IsTruncated)
        {
            facts.Add("truncated");
        }
        else if (response.FinishReason == FinishReason.Length)
        {
            facts.Add("ended at the limit of tokens");
        }

        screen.Note($"({response.Model ?? conversation.Model}: {string.Join(", ", facts)})");
    }
}
