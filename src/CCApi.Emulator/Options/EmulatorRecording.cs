using System;

namespace CCApi.Emulator;

/// <summary>Makes the emulator a proxy that records: requests go to another server, and the exchanges into a cassette.</summary>
/// <param name="Upstream">
/// The address of an OpenAI-compatible server, such as <c>https://api.ccapi.ai/v1/</c>: paths below <c>/v1</c> are appended.
/// </param>
/// <param name="UpstreamApiKey">Its key, which replaces the emulator's; null sends none.</param>
/// <param name="Cassette">
/// The file to write, which must not exist. Long and binary bodies go into a folder beside it, named like it with <c>.files</c>
/// appended.
/// </param>
public sealed record EmulatorRecording(Uri Upstream, string? UpstreamApiKey, string Cassette)
{
    /// <summary>The recording without its key.</summary>
    public override string ToString() => $"{Upstream} to {Cassette}";
}
