using System.Text.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatTool
{
    /// <summary>Offers a function to the model.</summary>
    /// <param name="name">
    /// The name that the model calls: a to z, A to Z, digits, <c>_</c> and <c>-</c>, at most 64 (inferred from the OpenAI API).
    /// </param>
    /// <param name="description">What the function does and when to call it; the model reads this.</param>
    /// <param name="parameters">The JSON schema of the arguments, an object; null for a function without any.</param>
    public static ChatTool Create(string name, string? description = null, JsonElement? parameters = null) => new()
    {
        Type = ChatToolType.Function,
        Function = new ChatToolFunction { Name = name, Description = description, Parameters = parameters },
    };
}
