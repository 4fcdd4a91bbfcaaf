namespace CCApi.Sdk.Models;

public sealed partial class ChatToolCallFunction
{
    /// <summary>A copy with another name and other arguments; everything else is the same.</summary>
    internal ChatToolCallFunction With(string name, ChatToolArguments arguments)
    {
        var copy = (ChatToolCallFunction)MemberwiseClone();
        copy.Name = name;
        copy.Arguments = arguments;

        return copy;
    }
}
