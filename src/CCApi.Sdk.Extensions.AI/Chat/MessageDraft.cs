using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Sorts the contents of one message into what the wire has apart: parts, reasoning, tool calls, a refusal, and the results of
/// calls, which are messages of their own.
/// </summary>
internal sealed class MessageDraft
{
    public const string RefusalCode = "Refusal";

    private readonly ChatMessage _message;
    private readonly bool _isAssistant;
    private readonly bool _isTool;
    private readonly IDictionary<string, JsonElement>? _unknown;
    private readonly List<Wire.ChatContentPart> _parts = [];
    private readonly List<Wire.ChatContentPart> _images = [];
    private readonly List<Wire.ChatToolCall> _calls = [];
    private readonly List<Wire.ChatMessage> _results = [];
    private readonly StringBuilder _reasoning = new();
    private bool _hasEmptyText;
    private string? _reasoningMember;
    private JsonElement? _reasoningDetails;
    private string? _refusal;

    public MessageDraft(ChatMessage message)
    {
        _message = message;
        _isAssistant = message.Role == ChatRole.Assistant;
        _isTool = message.Role == ChatRole.Tool;
        _unknown = _isAssistant ? WireMembers.Restore(message.AdditionalProperties) : null;
        foreach (var content in message.Contents)
        {
            Add(content ?? throw new ArgumentException("A message has a content that is null.", ArgumentNames.Messages));
        }
    }

    /// <summary>Adds the messages. The results of calls follow the calls of an assistant, and precede what a user adds to them.</summary>
    public void AddTo(List<Wire.ChatMessage> messages)
    {
        if (!_isAssistant)
        {
            messages.AddRange(_results);
        }

        if (ToMessage() is { } message)
        {
            messages.Add(message);
        }

        if (_isAssistant)
        {
            messages.AddRange(_results);
        }
    }

    private void Add(AIContent content)
    {
        switch (content)
        {
            case UsageContent:
                break;
            case var _ when _isAssistant && MediaMembers.MemberOf(content) is { } member:
                AddMedia(content, member);
                break;
            case FunctionResultContent result:
                _results.Add(ToolResultWriter.Write(result));
                break;
            case TextContent { Text.Length: 0 } text when text.RawRepresentation is not Wire.ChatContentPart:
                _hasEmptyText = true;
                break;
            case ToolCallContent and not FunctionCallContent:
            case ToolResultContent and not FunctionResultContent:
                // A record of what a tool of another provider or of middleware did; what came of it stands beside it.
                break;
            case FunctionCallContent call when _isAssistant:
                _calls.Add(ToolCallWriter.Write(call));
                break;
            case TextReasoningContent reasoning when _isAssistant:
                Add(reasoning);
                break;
            case ErrorContent { ErrorCode: RefusalCode } refusal when _isAssistant:
                _refusal += refusal.Message;
                break;
            default:
                AddPart(content);
                break;
        }
    }

    private void AddPart(AIContent content)
    {
        _parts.Add(PartWriter.Write(content) ?? throw UnsupportedContent.Of(content, _message.Role));
    }

    /// <summary>Images go back beside the content, and of sound only the reference that the message still has.</summary>
    private void AddMedia(AIContent content, string member)
    {
        if (member == MediaMembers.Images && PartWriter.Write(content) is { } image)
        {
            _images.Add(image);
            return;
        }

        var isReferredTo = _unknown?.ContainsKey(member) == true;
        if (!isReferredTo)
        {
            AddPart(content);
        }
    }

    private void Add(TextReasoningContent content)
    {
        _reasoning.Append(content.Text);
        if (content.AdditionalProperties?.TryGetValue(ReasoningMember.Key, out var member) == true)
        {
            _reasoningMember = member?.ToString();
        }

        // Protected data of other providers has another form, and means nothing to this one. The last is the complete one.
        if (WireJson.TryParse(content.ProtectedData) is { ValueKind: JsonValueKind.Array } details)
        {
            _reasoningDetails = details;
        }
    }

    private Wire.ChatMessage? ToMessage()
    {
        var content = ToContent();
        var unknown = WithImages();
        var hasReasoning = _reasoning.Length > 0 || _reasoningDetails is not null;
        var isEmpty = content is null && _calls.Count == 0 && _refusal is null && !hasReasoning && unknown is null;
        if (isEmpty)
        {
            return null;
        }

        var message = new Wire.ChatMessage
        {
            // A message with the role tool is one result of one call: what stands beside the results is shown to the model as a user's.
            Role = _isTool ? Wire.ChatRole.User : new Wire.ChatRole(_message.Role.Value),
            Name = string.IsNullOrWhiteSpace(_message.AuthorName) ? null : CleanName(_message.AuthorName!),
            ToolCalls = _calls.Count > 0 ? _calls : null,
            Refusal = _refusal,
            AdditionalProperties = unknown,
        };

        if (!TryAddReasoningParts())
        {
            message.ReasoningDetails = _reasoningDetails;
            SetReasoning(message);
        }

        message.Content = ToContent();
        return message;
    }

    private IDictionary<string, JsonElement>? WithImages()
    {
        if (_images.Count == 0)
        {
            return _unknown;
        }

        var all = _unknown is null ? [] : new Dictionary<string, JsonElement>(_unknown);
        if (WireJson.TryParse(ReadableJson.Write(writer => JsonWrite.Models(writer, _images))) is { } images)
        {
            all[MediaMembers.Images] = images;
        }

        return all;
    }

    /// <summary>Reasoning that was received in parts goes back in them, because they may be signed.</summary>
    private bool TryAddReasoningParts()
    {
        if (_reasoningMember != ReasoningMember.Parts || _reasoningDetails is not { } details)
        {
            return false;
        }

        var parts = new List<Wire.ChatContentPart>();
        foreach (var detail in details.EnumerateArray())
        {
            var part = JsonRead.FromElement(detail, Wire.ChatContentPart.ReadFrom);
            if (part is null || Wire.ChatContentPart.ReasoningOf(part) is null)
            {
                // Details of another form, which came beside the parts.
                return false;
            }

            parts.Add(part);
        }

        _parts.InsertRange(0, parts);
        return true;
    }

    private void SetReasoning(Wire.ChatMessage message)
    {
        if (_reasoning.Length == 0)
        {
            return;
        }

        var text = _reasoning.ToString();
        switch (_reasoningMember)
        {
            case ReasoningMember.Details:
                break;
            case ReasoningMember.Parts:
                _parts.Insert(0, new Wire.ChatContentPart { Type = Wire.ChatContentPartType.Thinking, Thinking = text });
                break;
            case ReasoningMember.Reasoning:
                message.Reasoning = text;
                break;
            default:
                message.ReasoningContent = text;
                break;
        }
    }

    /// <summary>
    /// A string where it is only text: one text of a person, or any number of an assistant, whose texts are one response.
    /// </summary>
    private Wire.ChatMessageContent? ToContent()
    {
        var isText = _parts.All(part => part.Type == Wire.ChatContentPartType.Text && part.AdditionalProperties is not { Count: > 0 });
        var isString = isText && (_isAssistant || _parts.Count <= 1);
        if (_parts.Count > 0)
        {
            return isString ? string.Concat(_parts.Select(part => part.Text)) : new Wire.ChatMessageContent(_parts);
        }

        return _hasEmptyText && _calls.Count == 0 && !_isTool ? "" : null;
    }

    /// <summary>Agents have names with spaces, which back ends reject.</summary>
    private static string? CleanName(string name) => ToolName.Clean(name, "") is { Length: > 0 } clean ? clean : null;
}
