using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>Finds what the contract has under one name where a gateway sent it under another.</summary>
internal static class Wrapping
{
    /// <summary>
    /// Takes the first list found under one of the names out of the unknown members, or out of an object among them, whose other
    /// members take its place.
    /// </summary>
    public static IReadOnlyList<T>? TakeList<T>(
        IDictionary<string, JsonElement>? members, JsonRead.ReadClass<T> read, params string[] names)
        where T : class =>
        Take(members, JsonValueKind.Array, (ref Utf8JsonReader reader) => JsonRead.List(ref reader, read), names)
        ?? TakeInnerList(members, read, names);

    /// <summary>Takes the first object found under one of the names out of the unknown members.</summary>
    public static T? TakeObject<T>(
        IDictionary<string, JsonElement>? members, JsonRead.ReadClass<T> read, params string[] names)
        where T : class =>
        Take(members, JsonValueKind.Object, read, names);

    /// <summary>
    /// Takes the text of a documented member out of the unknown members, where an inner object brought it: written as an unknown
    /// member, it would be read back as the documented one.
    /// </summary>
    public static string? TakeText(IDictionary<string, JsonElement>? members, string name)
    {
        if (members is null || !members.TryGetValue(name, out var member))
        {
            return null;
        }

        members.Remove(name);

        return JsonRead.FromElement(member, JsonRead.Text);
    }

    /// <summary>The unknown members, or null when none is left.</summary>
    public static IDictionary<string, JsonElement>? Rest(IDictionary<string, JsonElement>? members) =>
        members is { Count: 0 } ? null : members;

    private static IReadOnlyList<T>? TakeInnerList<T>(
        IDictionary<string, JsonElement>? members, JsonRead.ReadClass<T> read, string[] names)
        where T : class
    {
        foreach (var name in members is null ? [] : WithData(names))
        {
            if (!members!.TryGetValue(name, out var inner) || inner.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            var innerMembers = MembersOf(inner);
            var items = Take(
                innerMembers, JsonValueKind.Array, (ref Utf8JsonReader reader) => JsonRead.List(ref reader, read), WithData(names));
            if (items is null)
            {
                continue;
            }

            members.Remove(name);
            foreach (var member in innerMembers!)
            {
                members[member.Key] = member.Value;
            }

            return items;
        }

        return null;
    }

    private static IDictionary<string, JsonElement>? MembersOf(JsonElement element)
    {
        IDictionary<string, JsonElement>? members = null;
        var reader = JsonRead.Of(JsonMarshal.GetRawUtf8Value(element));
        reader.Read();

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members = JsonRead.Unknown(ref reader, members);
        }

        return members;
    }

    private static string[] WithData(string[] names) => [.. names, "data"];

    private static T? Take<T>(
        IDictionary<string, JsonElement>? members,
        JsonValueKind kind,
        JsonRead.ReadClass<T> read,
        string[] names)
        where T : class
    {
        if (members is null)
        {
            return null;
        }

        foreach (var name in names)
        {
            if (members.TryGetValue(name, out var member) && member.ValueKind == kind)
            {
                members.Remove(name);
                return JsonRead.FromElement(member, read);
            }
        }

        return null;
    }
}
