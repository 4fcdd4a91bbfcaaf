using System;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>The errors for content that chat completions have no form for: they name it, and what is accepted.</summary>
internal static class UnsupportedContent
{
    private const string Accepted =
        "text, images (DataContent or UriContent with a type image/*), "
        + "sound (DataContent audio/wav, audio/mpeg, audio/ogg, audio/flac, audio/aac or audio/mp4), "
        + "files (DataContent application/* or text/*, or HostedFileContent), "
        + "and any AIContent whose RawRepresentation is a ChatContentPart";

    private const string AcceptedOfAssistant =
        Accepted + "; of an assistant also TextReasoningContent, FunctionCallContent and ErrorContent with the code Refusal";

    public static ArgumentException Of(AIContent content, ChatRole role)
    {
        var accepted = role == ChatRole.Assistant ? AcceptedOfAssistant : Accepted;
        return new ArgumentException(
            $"{Describe(content)} has no form in a message with the role {role}. Accepted are {accepted}.", ArgumentNames.Messages);
    }

    public static ArgumentException OfEmpty(DataContent content) =>
        new($"{Describe(content)} is empty: pass its bytes, or leave it out.", ArgumentNames.Messages);

    public static ArgumentException OfUri(UriContent content) => new(
        $"The address of {Describe(content)} cannot be sent: only images are loaded by the gateway, from http and https. "
        + "Download it and pass a DataContent.",
        ArgumentNames.Messages);

    private static string Describe(AIContent content) => content switch
    {
        DataContent data => $"DataContent of the type {data.MediaType}",
        UriContent uri => $"UriContent of the type {uri.MediaType}",
        ErrorContent error => $"ErrorContent with the code {error.ErrorCode ?? "null"}",
        _ => content.GetType().Name,
    };
}
