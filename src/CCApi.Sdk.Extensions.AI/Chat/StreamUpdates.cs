using System.Collections.Generic;
using System.Linq;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Turns the pieces of one stream into updates. Text and reasoning are passed on as they are received; what is only complete at the
/// end, such as function calls and other choices, follows then.
/// </summary>
internal sealed class StreamUpdates
{
    private readonly StreamingChatCompletion _stream;
    private Wire.ChatCompletionResponse? _start;
    private string? _responseId;
    private string? _sentData;
    private string? _reasoningMember;
    private bool _isPastReasoning;

    public StreamUpdates(StreamingChatCompletion stream) => _stream = stream;

    /// <summary>The updates of one piece; none for a piece of a function call.</summary>
    public IEnumerable<ChatResponseUpdate> Read(ChatStreamUpdate piece)
    {
        Begin();

        // Only once, because a snapshot costs as much as all that was received. Data received later follows at the end.
        var isFirstAfterReasoning = !_isPastReasoning && piece.Kind != ChatStreamUpdateKind.Reasoning;
        if (isFirstAfterReasoning)
        {
            _isPastReasoning = true;
            if (ReadData(_stream.Snapshot) is { } data)
            {
                yield return Create(0, [data], piece);
            }
        }

        switch (piece.Kind)
        {
            case ChatStreamUpdateKind.Reasoning:
                yield return Create(0, [ReadReasoning(piece.Text)], piece);
                break;
            case ChatStreamUpdateKind.Text:
                yield return Create(0, [new TextContent(piece.Text)], piece);
                break;
        }
    }

    /// <summary>The updates at the end: what the stream has beside text and reasoning, and the usage.</summary>
    public IEnumerable<ChatResponseUpdate> ReadEnd(Wire.ChatCompletionResponse response)
    {
        Begin();
        var choices = ResponseReader.ChoicesOf(response).ToList();
        yield return ReadEnd(response, choices.FirstOrDefault()?.Message);
        for (var number = 1; number < choices.Count; number++)
        {
            var message = ResponseReader.ReadMessage(response, choices[number], number, _responseId!);
            var update = Create(number, message.Contents, choices[number]);
            update.Role = message.Role;
            update.AdditionalProperties = message.AdditionalProperties;
            yield return update;
        }
    }

    private ChatResponseUpdate ReadEnd(Wire.ChatCompletionResponse response, Wire.ChatMessage? message)
    {
        var contents = new List<AIContent>();
        if (message is not null)
        {
            if (ReadData(response) is { } data)
            {
                contents.Add(data);
            }

            contents.AddRange(ContentReader.ReadEnd(response, message, _responseId!));
        }

        if (UsageReader.Read(response.Usage) is { } usage)
        {
            contents.Add(new UsageContent(usage) { RawRepresentation = response.Usage });
        }

        var update = Create(0, contents, response);
        update.Role = ResponseReader.RoleOf(message);
        update.ModelId = response.Model ?? update.ModelId;
        update.FinishReason = ResponseReader.FinishReasonOf(response.FinishReason);
        var unknown = WireMembers.Keep(MediaMembers.WithoutBytes(message?.AdditionalProperties));
        update.AdditionalProperties = ResponseReader.Merge(unknown, ResponseProperties.Of(response));
        return update;
    }

    /// <summary>Takes the ids of the first chunk, which all updates have, also where a gateway changes them.</summary>
    private void Begin()
    {
        if (_start is null)
        {
            _start = _stream.Snapshot;
            _responseId = ResponseReader.IdOf(_start);
        }
    }

    private TextReasoningContent ReadReasoning(string text)
    {
        _reasoningMember ??= _stream.Snapshot.Message is { } message ? ContentReader.MemberOf(message) : ReasoningMember.ReasoningContent;
        return new TextReasoningContent(text) { AdditionalProperties = new() { [ReasoningMember.Key] = _reasoningMember } };
    }

    /// <summary>The provider's data of the reasoning so far, when it is not what was sent already; the last is complete.</summary>
    private TextReasoningContent? ReadData(Wire.ChatCompletionResponse response)
    {
        var data = response.Message is { } message ? ContentReader.ReasoningData(message) : null;
        if (data is null || data == _sentData)
        {
            return null;
        }

        _sentData = data;
        return new TextReasoningContent("")
        {
            ProtectedData = data,
            AdditionalProperties = new() { [ReasoningMember.Key] = ContentReader.MemberOf(response.Message!) },
        };
    }

    private ChatResponseUpdate Create(int number, IList<AIContent> contents, object raw) => new(ChatRole.Assistant, contents)
    {
        ResponseId = _responseId,
        MessageId = ResponseReader.MessageIdOf(_responseId!, number),
        ModelId = _start!.Model,
        CreatedAt = _start.CreatedAt,
        RawRepresentation = raw,
    };
}
