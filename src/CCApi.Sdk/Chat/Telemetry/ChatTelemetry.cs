using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>The attributes of chat completions.</summary>
internal sealed class ChatTelemetry : TelemetryOperation
{
    private ChatTelemetry()
        : base(TelemetryNames.Operations.Chat)
    {
    }

    public static ChatTelemetry Instance { get; } = new();

    /// <remarks>Of several models that the gateway may choose from, the first is the preferred one.</remarks>
    public override string? ModelOf(object request)
    {
        var chat = (ChatCompletionRequest)request;
        if (!string.IsNullOrEmpty(chat.Model))
        {
            return chat.Model;
        }

        if (chat.Models is { Count: > 0 } models)
        {
            return models[0];
        }

        return null;
    }

    public override void AddRequest(Activity span, object request, TelemetrySettings settings, TelemetryText text)
    {
        var chat = (ChatCompletionRequest)request;
        span.SetTag(TelemetryNames.GenAI.RequestTemperature, chat.Temperature);
        span.SetTag(TelemetryNames.GenAI.RequestTopP, chat.TopP);
        span.SetTag(TelemetryNames.GenAI.RequestTopK, settings.UsesLatest ? chat.TopK : (object?)(double?)chat.TopK);
        span.SetTag(TelemetryNames.GenAI.RequestMaxTokens, chat.MaxCompletionTokens ?? chat.MaxTokens);
        span.SetTag(TelemetryNames.GenAI.RequestChoiceCount, chat.N == 1 ? null : chat.N);
        span.SetTag(TelemetryNames.GenAI.RequestSeed, chat.Seed);
        span.SetTag(TelemetryNames.GenAI.RequestPresencePenalty, chat.PresencePenalty);
        span.SetTag(TelemetryNames.GenAI.RequestFrequencyPenalty, chat.FrequencyPenalty);
        span.SetTag(TelemetryNames.GenAI.RequestStopSequences, StopSequences(chat.Stop?.Values, text));
        span.SetTag(TelemetryNames.GenAI.OutputType, text.Mask(OutputType(chat.ResponseFormat)));
        if (settings.UsesLatest)
        {
            span.SetTag(TelemetryNames.GenAI.RequestReasoningLevel, text.Mask(chat.ReasoningEffort?.Value));
        }

        if (settings.CapturesContent)
        {
            var maxLength = settings.Options.MaxContentLength;
            span.SetTag(TelemetryNames.GenAI.InputMessages, ChatTelemetryContent.Input(chat.Messages, maxLength, text));
            span.SetTag(TelemetryNames.GenAI.ToolDefinitions, ChatTelemetryContent.Tools(chat.Tools, maxLength, text));
        }
    }

    public override void AddResponse(Activity span, object response, TelemetrySettings settings, TelemetryText text)
    {
        var chat = (ChatCompletionResponse)response;
        span.SetTag(TelemetryNames.GenAI.ResponseId, text.Clean(chat.Id));
        span.SetTag(TelemetryNames.GenAI.ResponseModel, text.Clean(chat.Model));
        span.SetTag(TelemetryNames.GenAI.ResponseFinishReasons, FinishReasons(chat.Choices, text));
        span.SetTag(TelemetryNames.CCApi.Provider, text.Clean(chat.Provider));
        span.SetTag(TelemetryNames.CCApi.IsTruncated, chat.IsTruncated ? true : null);
        TokenAttributes.Add(span, chat.Usage, settings);
        if (settings.CapturesContent && chat.Choices is { Count: > 0 } choices)
        {
            var messages = ChatTelemetryContent.Output(choices, settings.Options.MaxContentLength, text);
            span.SetTag(TelemetryNames.GenAI.OutputMessages, messages);
        }
    }

    public override string? ErrorOf(object request, object response)
    {
        try
        {
            var isExpected = ((ChatCompletionRequest)request).Check?.Accepts((ChatCompletionResponse)response) != false;
            if (isExpected)
            {
                return null;
            }

            return ChatStructuredOutputException.ErrorTypeOfCalls;
        }
#pragma warning disable CA1031 // A converter of the type may throw anything; the caller gets it when it reads the response.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ErrorCode.Of(exception);
        }
    }

    public override TelemetryResult ResultOf(object response)
    {
        var chat = (ChatCompletionResponse)response;
        return new TelemetryResult(chat.Model, chat.Usage);
    }

    private static string? OutputType(ChatResponseFormat? format)
    {
        if (format?.Type?.Value is not { Length: > 0 } type)
        {
            return null;
        }

        if (type.StartsWith("json", StringComparison.OrdinalIgnoreCase))
        {
            return "json";
        }

        return type;
    }

    private static string[]? StopSequences(IReadOnlyList<string>? sequences, TelemetryText text)
    {
        if (sequences is not { Count: > 0 })
        {
            return null;
        }

        return [.. sequences.Select(sequence => text.Mask(sequence)!)];
    }

    private static string[]? FinishReasons(IReadOnlyList<ChatCompletionChoice>? choices, TelemetryText text)
    {
        string[] all = [.. (choices ?? []).Select(choice => text.Clean(choice.FinishReason?.Value)).OfType<string>()];
        return all.Length > 0 ? all : null;
    }
}
