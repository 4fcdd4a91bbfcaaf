using System;
using System.Linq;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>A request as the server received it.</summary>
internal sealed record JointRequest(string Head, string Body, bool IsMedia)
{
    public bool IsPost => Head.StartsWith("POST ", StringComparison.Ordinal);

    /// <summary>Whether the request is for the model that the caller named, and not for one that it failed over to.</summary>
    public bool IsForFirstModel => Body.Contains("\"model-a\"", StringComparison.Ordinal);

    public string? Header(string name) =>
        Head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
