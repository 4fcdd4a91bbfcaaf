using System;
using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>
/// Reads an object in place of a list: its only item, or the items as members named <c>0</c>, <c>1</c> and so on, as PHP writes
/// a list with gaps and an empty one.
/// </summary>
internal static class SingleItem
{
    /// <summary>The list; null when the object is neither, with the reader on its first token.</summary>
    public static IReadOnlyList<T>? Read<T>(ref Utf8JsonReader reader, JsonRead.ReadClass<T> read)
        where T : class
    {
        if (!typeof(IListItem).IsAssignableFrom(typeof(T)))
        {
            return null;
        }

        var start = reader;
        if (ReadNumbered(ref reader, read) is { } items)
        {
            return items;
        }

        reader = start;
        if (read(ref reader) is IListItem { IsItem: true } item)
        {
            return new[] { (T)item };
        }

        reader = start;

        return null;
    }

    private static List<T>? ReadNumbered<T>(ref Utf8JsonReader reader, JsonRead.ReadClass<T> read)
        where T : class
    {
        var items = new List<T>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!IsNumber(JsonRead.MemberName(ref reader)))
            {
                return null;
            }

            reader.Read();
            if (read(ref reader) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items;
    }

    private static bool IsNumber(ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
        {
            if (character is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }
}
