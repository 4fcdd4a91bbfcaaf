using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>Writes a conversation and its options as a request. What the caller's own request has set wins over the options.</summary>
internal sealed class RequestWriter
{
    // Strict is a setting of schemas. Whether the call streams is decided by the method that is called.
    private static readonly string[] _notSent = [StrictMode.Key, "stream"];

    private readonly string _defaultModel;

    public RequestWriter(string defaultModel) => _defaultModel = defaultModel;

    /// <exception cref="ArgumentException">There is no message, or something has no form on the wire.</exception>
    public Wire.ChatCompletionRequest Write(IChatClient client, IEnumerable<ChatMessage> conversation, ChatOptions? options)
    {
        var messages = MessageWriter.Write(conversation, options?.Instructions);
        var own = options?.RawRepresentationFactory?.Invoke(client) as Wire.ChatCompletionRequest;
        var request = own is null ? new Wire.ChatCompletionRequest { Messages = messages } : Combine(own, messages);
        if (request.Messages.Count == 0)
        {
            throw new ArgumentException(
                "The conversation has no message: pass at least one with content, such as new ChatMessage(ChatRole.User, \"...\").",
                ArgumentNames.Messages);
        }

        if (request.Models is not { Count: > 0 })
        {
            request.Model = FirstText.Of(request.Model, options?.ModelId, _defaultModel);
        }

        if (options is not null)
        {
            Reject(options);
            SetSampling(request, options);
            SetTools(request, options);
            SetOutput(request, options);
            request.AdditionalProperties = CallOptions.AddTo(request.AdditionalProperties, options.AdditionalProperties, _notSent);
        }

        return request;
    }

    /// <summary>A copy, because a factory may return the same request for each call. Its messages, if any, come first.</summary>
    private static Wire.ChatCompletionRequest Combine(Wire.ChatCompletionRequest own, List<Wire.ChatMessage> messages)
    {
        var request = own.Copy();
        request.Messages = own.Messages is { Count: > 0 } first ? [.. first, .. messages] : messages;
        return request;
    }

    /// <summary>Rejects what would be lost silently.</summary>
    private static void Reject(ChatOptions options)
    {
        if (options.ConversationId is { } conversation)
        {
            throw new ArgumentException(
                $"ConversationId is '{conversation}', but the gateway keeps no conversations: leave it null and pass all messages.",
                nameof(options));
        }

        if (options.ContinuationToken is not null)
        {
            throw new ArgumentException(
                "ContinuationToken is set, but chat completions cannot be resumed: leave it null.", nameof(options));
        }
    }

    private static void SetSampling(Wire.ChatCompletionRequest request, ChatOptions options)
    {
        request.Temperature ??= Floats.Exact(options.Temperature, nameof(options.Temperature));
        request.TopP ??= Floats.Exact(options.TopP, nameof(options.TopP));
        request.TopK ??= options.TopK;
        request.PresencePenalty ??= Floats.Exact(options.PresencePenalty, nameof(options.PresencePenalty));
        request.FrequencyPenalty ??= Floats.Exact(options.FrequencyPenalty, nameof(options.FrequencyPenalty));
        request.Seed ??= options.Seed;
        if (options.StopSequences is { Count: > 0 } stop)
        {
            request.Stop ??= new Wire.StopSequences([.. stop]);
        }

        if (request.MaxCompletionTokens is null)
        {
            request.MaxTokens ??= options.MaxOutputTokens;
        }
    }

    /// <remarks>Without tools, back ends reject what is about them.</remarks>
    private static void SetTools(Wire.ChatCompletionRequest request, ChatOptions options)
    {
        if (options.Tools is { Count: > 0 } tools)
        {
            request.Tools = [.. request.Tools ?? [], .. tools.Select(tool => ToolWriter.Write(tool, options))];
        }

        if (request.Tools is { Count: > 0 })
        {
            request.ToolChoice ??= ToolWriter.Write(options.ToolMode);
            request.ParallelToolCalls ??= options.AllowMultipleToolCalls;
        }
    }

    private static void SetOutput(Wire.ChatCompletionRequest request, ChatOptions options)
    {
        request.ResponseFormat ??= ResponseFormatWriter.Write(options.ResponseFormat, StrictMode.Of(options.AdditionalProperties));
        request.ReasoningEffort ??= options.Reasoning?.Effort switch
        {
            null => default(Wire.ReasoningEffort?),
            ReasoningEffort.None => Wire.ReasoningEffort.None,
            ReasoningEffort.Low => Wire.ReasoningEffort.Low,
            ReasoningEffort.Medium => Wire.ReasoningEffort.Medium,
            ReasoningEffort.High => Wire.ReasoningEffort.High,
            ReasoningEffort.ExtraHigh => Wire.ReasoningEffort.Xhigh,
            { } other => new Wire.ReasoningEffort(other.ToString()),
        };
    }
}
