namespace CCApi.Sdk;

/// <summary>
/// A piece of the model's text, as it arrived. Only when <see cref="ChatRunOptions.Stream"/> is set; its complete turn follows.
/// </summary>
public sealed class ChatTextStep : ChatRunStep
{
    /// <summary>Creates a step.</summary>
    /// <param name="text">The piece.</param>
    public ChatTextStep(string text) => Text = text;

    /// <summary>The piece.</summary>
    public string Text { get; }
}
