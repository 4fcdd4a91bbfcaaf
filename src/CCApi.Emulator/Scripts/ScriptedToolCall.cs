namespace CCApi.Emulator;

/// <summary>A tool call that a script returns.</summary>
/// <param name="Name">The name of the function.</param>
/// <param name="Arguments">The arguments, as the JSON text that is sent; it may be broken on purpose.</param>
/// <param name="Id">The id of the call; null for one that is unique in the emulator.</param>
public sealed record ScriptedToolCall(string Name, string Arguments, string? Id = null);
