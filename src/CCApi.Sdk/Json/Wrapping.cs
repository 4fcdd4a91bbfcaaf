using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk.Json;

/// <summary>Finds what the contract has under one name where a gateway sent it under another.</summary>
internal static class Wrapping
{
    /// <summary>Takes the first list found under one of the names out of the unknown members.</summary>
    public static IReadOnlyList<T>? TakeList<T>(
        IDictionary<string, JsonElement>? members, JsonRead.ReadClass<T> read, params string[] names)
        where T : class =>
        Take(members, JsonValueKind.Array, (ref Utf8JsonReader reader) => JsonRead.List(ref reader, read), names);

    /// <summary>Takes the first object found under one of the names out of the unknown members.</summary>
    public static T? TakeObject<T>(
        IDictionary<string, JsonElement>? members, JsonRead.ReadClass<T> read, params string[] names)
        where T : class =>
        Take(members, JsonValueKind.Object, read, names);

    /// <summary>The unknown members, or null when none is left.</summary>
    public static IDictionary<string, JsonElement>? Rest(IDictionary<string, JsonElement>? members) =>
        members is { Count: 0 } ? null : members;

    private static T? Take<T>(
        IDictionary<string, JsonElement>? members,
        JsonValueKind kind,
        JsonRead.ReadClass<T> read,
        string[] names)
        where T : class
    {
        foreach (var name in names)
        {
            if (members is not null && members.TryGetValue(name, out var member) && member.ValueKind == kind)
            {
                members.Remove(name);
                return JsonRead.FromElement(member, read);
            }
        }

        return null;
    }
}
