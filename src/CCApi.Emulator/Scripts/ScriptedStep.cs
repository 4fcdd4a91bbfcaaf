using System;
using System.Collections.Generic;

namespace CCApi.Emulator;

/// <summary>What a rule does with one request.</summary>
internal abstract record ScriptedStep
{
    /// <summary>How long the response waits before it begins.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>Respond as without a script.</summary>
internal sealed record PassStep : ScriptedStep;

/// <summary>Respond as without a script, and let this fault happen to the response.</summary>
internal sealed record FaultStep(EmulatorFault Fault) : ScriptedStep;

/// <summary>Send this response; it is not charged.</summary>
internal sealed record ResponseStep(GatewayResponse Response) : ScriptedStep;

/// <summary>Complete a chat with this.</summary>
internal sealed record ChatStep(ScriptedChat Chat) : ScriptedStep;

/// <summary>Return this audio.</summary>
internal sealed record SpeechStep(byte[] Audio, string MediaType) : ScriptedStep;

/// <summary>Return these images, in the form and after the time that an unscripted response would take.</summary>
internal sealed record ImageStep(IReadOnlyList<byte[]> Files, string? RevisedPrompt) : ScriptedStep;
