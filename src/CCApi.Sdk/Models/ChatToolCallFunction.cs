using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

public sealed partial class ChatToolCallFunction
{
    /// <summary>Takes the name and the arguments out of unknown members; null when they have neither.</summary>
    internal static ChatToolCallFunction? TakeFrom(IDictionary<string, JsonElement> members)
    {
        var hasName = members.TryGetValue("name", out var name) && name.ValueKind == JsonValueKind.String;
        var hasArguments = members.TryGetValue("arguments", out var arguments)
            && arguments.ValueKind is JsonValueKind.String or JsonValueKind.Object;
        if (!hasName && !hasArguments)
        {
            return null;
        }

        var function = new ChatToolCallFunction();
        if (hasName)
        {
            members.Remove("name");
            function.Name = JsonRead.FromElement(name, JsonRead.Text);
        }

        if (hasArguments)
        {
            members.Remove("arguments");
            var reader = JsonRead.Of(JsonMarshal.GetRawUtf8Value(arguments));
            reader.Read();
            function.Arguments = ChatToolArguments.ReadFrom(ref reader);
        }

        return function;
    }

    /// <summary>A copy with another name and other arguments; everything else is the same.</summary>
    internal ChatToolCallFunction With(string name, ChatToolArguments arguments)
    {
        var copy = (ChatToolCallFunction)MemberwiseClone();
        copy.Name = name;
        copy.Arguments = arguments;

        return copy;
    }
}
