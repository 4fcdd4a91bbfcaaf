using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Recognizes a request that was recorded.</summary>
internal static class RequestKey
{
    public static string Of(string method, string path, ReadOnlyMemory<byte> body) =>
        $"{method} {SecretQuery.Hide(path)} {Convert.ToHexString(SHA256.HashData(Canonical(body)))}";

    /// <summary>JSON with sorted members and without white space; other bodies as they are.</summary>
    private static byte[] Canonical(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || !JsonBounds.AreWithin(body.Span))
        {
            return body.ToArray();
        }

        try
        {
            return Encoding.UTF8.GetBytes(Sort(JsonNode.Parse(body.Span))?.ToJsonString() ?? "null");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return body.ToArray();
        }
    }

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        null => null,
        _ => node.DeepClone(),
    };
}
