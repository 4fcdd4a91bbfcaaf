using System;

namespace CCApi.Emulator;

/// <summary>A piece of a streamed text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Delay">How long the emulator waits before it, by its clock.</param>
public sealed record ScriptedPiece(string Text, TimeSpan Delay = default);
