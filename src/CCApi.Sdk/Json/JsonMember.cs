using System;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// Finds a member of an element. The platform's own look-up throws when any name of the object is not valid text, as a cut
/// character makes it.
/// </summary>
internal static class JsonMember
{
    /// <summary>The member; null when the element is not an object or has no such member. The last of several counts.</summary>
    public static JsonElement? Find(JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonElement? found = null;
        var reader = JsonRead.Of(JsonMarshal.GetRawUtf8Value(element));
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = JsonRead.MemberName(ref reader).SequenceEqual(name);
            reader.Read();
            if (isIt)
            {
                found = JsonElement.ParseValue(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    /// <summary>The member as a text; null when it is missing, null or neither a text nor a number.</summary>
    public static string? Text(JsonElement element, ReadOnlySpan<byte> name)
    {
        if (Find(element, name) is { } member)
        {
            return JsonRead.FromElement(member, JsonRead.Text);
        }

        return null;
    }
}
