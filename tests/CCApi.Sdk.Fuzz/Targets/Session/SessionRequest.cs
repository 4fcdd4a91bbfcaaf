using System;

namespace CCApi.Sdk.Fuzz;

/// <summary>A request that the server received, and what it did with it.</summary>
internal sealed record SessionRequest(bool IsPost, string Path, string Model, string? Authorization, string? IdempotencyKey, ScriptedReply Reply, TimeSpan At);
