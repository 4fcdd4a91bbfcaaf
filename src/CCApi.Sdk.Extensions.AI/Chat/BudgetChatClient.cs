using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.AI;
using AdditionalCount = CCApi.Sdk.Models.AdditionalCount;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Keeps the calls of another chat client, whatever it sends to, within a budget: it reserves the most that a call may cost, and
/// settles what CCAPI reports that it cost, or else what its usage costs by the prices of a catalog.
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
            var reported = new ReportedCosts();
            foreach (var message in response.Messages)
            {
                reported.Add(message.AdditionalProperties);
            }

            await SettleAsync(hold, response.ModelId, options, response.Usage, reported).ConfigureAwait(false);
            return response;
        }
        catch (Exception exception)
        {
            await SettleAsync(hold, exception, hasBegun: false).ConfigureAwait(false);
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
        var reported = new ReportedCosts();
        var (hasBegun, isComplete) = (false, false);
        string? model = null;
        Exception? failure = null;
        IAsyncEnumerator<ChatResponseUpdate>? updates = null;
        try
        {
            while (true)
            {
                ChatResponseUpdate update;
                try
                {
                    updates ??= base.GetStreamingResponseAsync(sent, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        isComplete = true;
                        break;
                    }

                    update = updates.Current;
                }
                catch (Exception exception)
                {
                    failure = exception;
                    throw;
                }

                hasBegun = true;
                model = update.ModelId ?? model;
                reported.Add(update.AdditionalProperties);
                foreach (var content in update.Contents.OfType<UsageContent>())
                {
                    usage.Add(content.Details);
                }

                yield return update;
            }
        }
        finally
        {
            try
            {
                if (updates is not null)
                {
                    await updates.DisposeAsync().ConfigureAwait(false);
                }
            }
            finally
            {
                // A stream that failed or was left may be one of a call that has reported nothing yet.
                await SettleAsync(hold, failure, hasBegun, model, options, usage, isComplete ? reported : null).ConfigureAwait(false);
            }
        }
    }

    private ValueTask SettleAsync(
        BudgetHold hold,
        Exception? failure,
        bool hasBegun,
        string? model,
        ChatOptions? options,
        UsageDetails usage,
        ReportedCosts? reported)
    {
        if (failure is not null && !HasCounts(usage))
        {
            return SettleAsync(hold, failure, hasBegun);
        }

        return SettleAsync(hold, model, options, usage, reported);
    }

    private async ValueTask<BudgetHold> ReserveAsync(List<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var model = ModelOf(options);
        var quote = AtMost(model, messages, options);
        var budgets = CallBudgets.Of("chat client", budget);
        await budgets.ReserveAsync(
            "The chat",
            model,
            currency => quote.Currency == currency ? quote.Amount : null,
            quote.Reason,
            cancellationToken).ConfigureAwait(false);

        return budgets.Take()[0];
    }

    private PriceQuote AtMost(string? model, List<ChatMessage> messages, ChatOptions? options)
    {
        if (model is null || catalog?.Find(model) is not { } listed)
        {
            return PriceQuote.Unknown(model is null ? "the chat client chooses the model" : CostBounds.Unlisted(model));
        }

        var usage = new PricedUsage
        {
            PromptTokens = BytesOf(messages, options) ?? listed.ContextLength,
            CompletionTokens = OfAllChoices(options, options?.MaxOutputTokens ?? listed.MaxOutputTokens ?? listed.ContextLength),
        };

        return listed.Price.QuoteAtMost(usage);
    }

    private async ValueTask SettleAsync(
        BudgetHold hold, string? used, ChatOptions? options, UsageDetails? usage, ReportedCosts? reported)
    {
        if (reported?.AmountIn(budget.Currency) is { } cost)
        {
            await hold.SettleAsync(cost, CancellationToken.None).ConfigureAwait(false);
            return;
        }

        var model = used is not null && catalog?.Find(used) is not null ? used : ModelOf(options);
        if (model is null || !HasCounts(usage) || catalog?.Find(model) is not { } listed)
        {
            await hold.KeepAsync().ConfigureAwait(false);
            return;
        }

        var quote = listed.Price.Quote(new PricedUsage
        {
            PromptTokens = usage!.InputTokenCount,
            CachedTokens = usage.CachedInputTokenCount,
            InputAudioTokens = usage.InputAudioTokenCount,
            CompletionTokens = usage.OutputTokenCount,
            ReasoningTokens = usage.ReasoningTokenCount,
            OutputAudioTokens = usage.OutputAudioTokenCount,
        });
        var isComparable = quote.Amount is not null && quote.Currency == budget.Currency;
        await hold.SettleAsync(isComparable ? quote.Amount!.Value : hold.Amount, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Settles a call that failed without usage: what its exception reports, nothing, or all that may have been charged.</summary>
    private ValueTask SettleAsync(BudgetHold hold, Exception exception, bool hasBegun)
    {
        var cost = (exception as CCApiException)?.Cost;
        if (cost is { Amount: { } amount, IsPartial: false } && cost.Currency == budget.Currency)
        {
            return hold.SettleAsync(amount, CancellationToken.None);
        }

        var isFree = !hasBegun && exception is (ArgumentException or CCApiException { Cost: null });

        return isFree ? hold.SettleAsync(0, CancellationToken.None) : hold.KeepAsync();
    }

    private static bool HasCounts(UsageDetails? usage) => usage?.InputTokenCount is not null || usage?.OutputTokenCount is not null;

    private string? ModelOf(ChatOptions? options) => options?.ModelId ?? this.GetService<ChatClientMetadata>()?.DefaultModelId;

    /// <summary>The tokens of as many choices as the options request beside the typed ones.</summary>
    private static long? OfAllChoices(ChatOptions? options, long? tokens)
    {
        object? number = null;
        options?.AdditionalProperties?.TryGetValue("n", out number);
        if (tokens is not { } known || number is null)
        {
            return tokens;
        }

        var members = new Dictionary<string, JsonElement> { ["n"] = WireJson.ToElement(number, "n") };
        var choices = AdditionalCount.Of(members, "n") ?? 1;

        return AdditionalCount.Times(known, Math.Max(1, choices));
    }

    /// <summary>The bytes of all texts, of which every token has at least one; null with content whose tokens they do not bound.</summary>
    private static long? BytesOf(List<ChatMessage> messages, ChatOptions? options)
    {
        // The messages that a service keeps are part of the prompt.
        if (options?.ConversationId is not null)
        {
            return null;
        }

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
