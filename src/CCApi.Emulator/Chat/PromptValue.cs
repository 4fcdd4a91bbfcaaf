namespace CCApi.Emulator;

/// <summary>A value of the prompt, and the place in the response that it was given to.</summary>
/// <param name="text">The value as it is written.</param>
/// <param name="index">Where it begins in the prompt.</param>
internal sealed class PromptValue(string text, int index)
{
    public string Text => text;

    public int Index => index;

    /// <summary>The place that has it; null while it is free.</summary>
    public string? Path { get; private set; }

    public bool IsTaken => Path is not null;

    /// <summary>Gives it to a place, unless it has one.</summary>
    public void Take(string path) => Path ??= path;

    /// <summary>Takes it from its place: it is free again, or used up.</summary>
    public void Retire(bool isFree) => Path = isFree ? null : string.Empty;
}
