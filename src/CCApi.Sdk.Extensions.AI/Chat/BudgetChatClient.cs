using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Keeps the calls of another chat client, whatever it sends to, within a budget: it reserves the most that a call may cost, and
/// settles what its usage costs by the prices of a catalog.
/// </summary>
internal sealed class BudgetChatClient(IChatClient inner, CCApiBudget budget, ModelCatalog? catalog) : DelegatingChatClient(inner)
{
    /// <summary>What a message or a tool has beside its text, in tokens: roles and the marks between them.</summary>
    private const int TokensOfFrame = 32;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = Require.NotNull(messages, nameof(messages)).ToList();
        var hold = await ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await base.GetResponseAsync(sent, options, cancellationToken).ConfigureAwait(false);
            await SettleAsync(hold, response.ModelId, options, response.Usage).ConfigureAwait(false);
            return response;
        }
        catch (Exception exception)
        {
            await SettleAsync(hold, exception).ConfigureAwait(false);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sent = Require.NotNull(messages, nameof(messages)).ToList();
        var hold = await ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var usage = new UsageDetails();
        string? model = null;
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(sent, options, cancellationToken).ConfigureAwait(false))
            {
                model = update.ModelId ?? model;
                foreach (var content in update.Contents.OfType<UsageContent>())
                {
                    usage.Add(content.Details);
                }

                yield return update;
            }
        }
        finally
        {
            // Abandoned before its usage arrived, or failed: all of it counts as spent.
            await SettleAsync(hold, model, options, usage).ConfigureAwait(false);
        }
    }

    private async ValueTask<BudgetHold> ReserveAsync(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var model = ModelOf(options);
        var quote = AtMost(model, messages, options);
        var isComparable = quote.Amount is not null && quote.Currency == budget.Currency;
        var amount = isComparable ? quote.Amount : budget.UnknownPriceReservation;
        var hold = amount is { } known ? await budget.TryReserveAsync(known, cancellationToken).ConfigureAwait(false) : null;
        if (hold is null)
        {
            throw CallBudgets.Exceeded("chat client", budget, "The chat", model, amount, quote.Reason);
        }

        await hold.MarkSentAsync(cancellationToken).ConfigureAwait(false);
        return hold;
    }

    private PriceQuote AtMost(string? model, List<ChatMessage> messages, ChatOptions? options)
    {
        if (model is null || catalog?.Find(model) is not { } listed)
        {
            return PriceQuote.Unknown(model is null ? "the chat client chooses the model" : $"the catalog does not list {model}");
        }

        var usage = new PricedUsage
        {
            PromptTokens = BytesOf(messages, options) ?? listed.ContextLength,
            CompletionTokens = options?.MaxOutputTokens ?? listed.MaxOutputTokens ?? listed.ContextLength,
        };
        return listed.Price.QuoteAtMost(usage);
    }

    private async ValueTask SettleAsync(BudgetHold hold, string? used, ChatOptions? options, UsageDetails? usage)
    {
        var model = used is not null && catalog?.Find(used) is not null ? used : ModelOf(options);
        var hasUsage = usage?.InputTokenCount is not null || usage?.OutputTokenCount is not null;
        if (model is null || !hasUsage || catalog?.Find(model) is not { } listed)
        {
            await hold.KeepAsync().ConfigureAwait(false);
            return;
        }

        var quote = listed.Price.Quote(new PricedUsage
        {
            PromptTokens = usage!.InputTokenCount,
            CachedTokens = usage.CachedInputTokenCount,
            CompletionTokens = usage.OutputTokenCount,
            ReasoningTokens = usage.ReasoningTokenCount,
        });
        var isComparable = quote.Amount is not null && quote.Currency == budget.Currency;
        await hold.SettleAsync(isComparable ? quote.Amount!.Value : hold.Amount).ConfigureAwait(false);
    }

    private static ValueTask SettleAsync(BudgetHold hold, Exception exception)
    {
        var isFree = exception is ArgumentException or CCApiException { Cost: null };
        return isFree ? hold.SettleAsync(0) : hold.KeepAsync();
    }

    private string? ModelOf(ChatOptions? options) => options?.ModelId ?? this.GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>The bytes of all texts, of which every token has at least one; null with content whose tokens they do not bound.</summary>
    private static long? BytesOf(List<ChatMessage> messages, ChatOptions? options)
    {
        var bytes = Count(options?.Instructions);
        foreach (var message in messages)
        {
            bytes += TokensOfFrame;
            foreach (var content in message.Contents)
            {
                if (BytesOf(content) is not { } size)
                {
                    return null;
                }

                bytes += size;
            }
        }

        foreach (var tool in options?.Tools ?? [])
        {
            var schema = (tool as AIFunctionDeclaration)?.JsonSchema.GetRawText();
            bytes += TokensOfFrame + Count(tool.Name) + Count(tool.Description) + Count(schema);
        }

        var format = options?.ResponseFormat as ChatResponseFormatJson;
        return bytes + Count(format?.Schema?.GetRawText());
    }

    private static long? BytesOf(AIContent content) => content switch
    {
        TextContent text => Count(text.Text),
        TextReasoningContent reasoning => Count(reasoning.Text),
        FunctionCallContent call => Count(call.Name) + BytesOf(call.Arguments),
        FunctionResultContent result => TokensOfFrame + TextOf(result.Result),
        _ => null,
    };

    private static long? BytesOf(IDictionary<string, object?>? arguments)
    {
        long? bytes = TokensOfFrame;
        foreach (var argument in arguments ?? new Dictionary<string, object?>())
        {
            bytes += TokensOfFrame + Count(argument.Key) + TextOf(argument.Value);
        }

        return bytes;
    }

    /// <summary>The bytes of what a tool is called with or returns; null when only its serializer knows them.</summary>
    private static long? TextOf(object? value) => value switch
    {
        null => TokensOfFrame,
        string text => Count(text),
        JsonElement element => Count(element.GetRawText()),
        bool or int or long or double or decimal => TokensOfFrame,
        _ => null,
    };

    private static long Count(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
