using System;

namespace CCApi.Emulator;

/// <summary>One condition of a rule.</summary>
/// <param name="Description">What it requires, for messages.</param>
/// <param name="IsMet">Whether a request meets it.</param>
internal sealed record ScriptCondition(string Description, Func<ReceivedRequest, bool> IsMet);
