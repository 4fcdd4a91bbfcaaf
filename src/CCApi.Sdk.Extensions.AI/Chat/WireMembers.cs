using System.Collections.Generic;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>
/// Keeps the members that the SDK does not model with the message or call that they came with, so that they go back: signatures
/// of some models must.
/// </summary>
internal static class WireMembers
{
    /// <summary>
    /// One entry for all of them, because frameworks put their own entries beside it, which must not be sent.
    /// </summary>
    public const string Key = "ccapi.members";

    public static AdditionalPropertiesDictionary? Keep(IDictionary<string, JsonElement>? members)
    {
        if (WireJson.ToObject(members) is not { } value)
        {
            return null;
        }

        return new() { [Key] = value };
    }

    public static IDictionary<string, JsonElement>? Restore(AdditionalPropertiesDictionary? properties) =>
        properties is not null && properties.TryGetValue(Key, out var value) ? WireJson.ToMembers(value) : null;
}
