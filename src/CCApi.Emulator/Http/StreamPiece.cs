using System;

namespace CCApi.Emulator;

/// <summary>A piece of a response that is sent in pieces.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Delay">The wait before it; null for the latency of the emulator.</param>
internal readonly record struct StreamPiece(ReadOnlyMemory<byte> Bytes, TimeSpan? Delay = null);
