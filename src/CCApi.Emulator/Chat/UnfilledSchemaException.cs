using System;
using System.Diagnostics.CodeAnalysis;

namespace CCApi.Emulator;

/// <summary>No JSON was found for a schema.</summary>
/// <param name="keyword">The keyword that no value satisfied.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always has a keyword.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "ChatOperation turns it into a response.")]
internal sealed class UnfilledSchemaException(string keyword) : Exception($"No value was found for the keyword '{keyword}'.")
{
    public string Keyword => keyword;
}
