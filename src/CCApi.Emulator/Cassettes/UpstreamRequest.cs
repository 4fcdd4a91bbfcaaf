using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using Microsoft.AspNetCore.Http;

namespace CCApi.Emulator;

/// <summary>Creates the request that an upstream gets, and knows the secrets of the client that it may quote.</summary>
/// <param name="recording">The upstream.</param>
internal sealed class UpstreamRequest(EmulatorRecording recording)
{
    private static readonly HashSet<string> _notForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Authorization", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Cookie", "Expect",
        "Upgrade", "Proxy-Authorization", "Origin", "Referer",
    };

    /// <summary>Creates it.</summary>
    /// <param name="request">The request of the client.</param>
    /// <param name="path">Its path below <c>/v1</c>, escaped.</param>
    /// <param name="body">Its body.</param>
    public HttpRequestMessage Create(HttpRequest request, string path, byte[] body)
    {
        var target = recording.AddressOf(path, request.QueryString.Value ?? string.Empty);
        var message = new HttpRequestMessage(new HttpMethod(request.Method), target);
        var canBeEmpty = HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method);
        if (canBeEmpty || body.Length > 0)
        {
            message.Content = new ByteArrayContent(body);
        }

        foreach (var header in request.Headers.Where(header => !_notForwarded.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
            {
                message.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
            }
        }

        if (recording.Authorization is { } authorization)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return message;
    }

    /// <summary>
    /// The client's keys, which an upstream may quote: those of headers and of a query that it received, and that of
    /// <c>Authorization</c>, which messages of the emulator and of tests repeat.
    /// </summary>
    public static IEnumerable<string> SecretsOf(HttpRequest request)
    {
        var forwarded = request.Headers
            .Where(header => HeaderSnapshot.IsSecret(header.Key) && !_notForwarded.Contains(header.Key))
            .SelectMany(header => header.Value)
            .OfType<string>();

        var withoutScheme = request.Headers.Authorization.OfType<string>().Select(value => value.Split(' ')[^1]);

        return [.. forwarded, .. withoutScheme, .. SecretQuery.ValuesOf(request.QueryString.Value ?? string.Empty)];
    }
}
