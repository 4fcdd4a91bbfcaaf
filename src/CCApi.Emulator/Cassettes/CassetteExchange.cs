using System;
using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>One recorded request and its response.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with its query, such as <c>/v1/models?limit=5</c>.</param>
/// <param name="RequestBody">The body; empty for none.</param>
/// <param name="Status">The status.</param>
/// <param name="Headers">The headers of the response that are replayed.</param>
/// <param name="Pieces">The body in the pieces in which it was received, each with the time since the one before.</param>
/// <param name="IsBroken">Whether the connection broke after the last piece, before the end of the body.</param>
internal sealed record CassetteExchange(
    string Method,
    string Path,
    byte[] RequestBody,
    int Status,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IReadOnlyList<CassettePiece> Pieces,
    bool IsBroken = false)
{
    /// <summary>What makes two requests the same: method, path, and the body, whose JSON may be laid out in any way.</summary>
    public string Key { get; } = RequestKey.Of(Method, Path, RequestBody);
}

/// <summary>A piece of a recorded body.</summary>
/// <param name="Delay">The time since the piece before, or since the request.</param>
/// <param name="Bytes">The bytes.</param>
internal sealed record CassettePiece(TimeSpan Delay, byte[] Bytes);
