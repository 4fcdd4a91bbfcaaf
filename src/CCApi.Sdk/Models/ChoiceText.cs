using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>Finds the text of a choice where it is not in the object that the contract has: older APIs send the text alone.</summary>
internal static class ChoiceText
{
    /// <summary>Takes the text out of the unknown members; null when they have none.</summary>
    /// <param name="members">The unknown members of the choice.</param>
    /// <param name="name">The member that should be an object.</param>
    public static string? Take(IDictionary<string, JsonElement> members, string name) =>
        TakeText(members, name) ?? TakeText(members, "text");

    private static string? TakeText(IDictionary<string, JsonElement> members, string name)
    {
        if (!members.TryGetValue(name, out var member) || member.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        members.Remove(name);

        return JsonRead.FromElement(member, JsonRead.Text);
    }
}
