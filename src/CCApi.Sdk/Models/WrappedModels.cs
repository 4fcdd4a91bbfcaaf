using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>Finds the models of a list that is an object: with a list in it, or with a member for each model (inferred).</summary>
internal static class WrappedModels
{
    private const int MaxDepth = 3;

    private static readonly string[] _lists = ["data", "models", "result", "results", "items", "list"];

    private static readonly HashSet<string> _notModels = new(System.StringComparer.Ordinal)
    {
        "error", "errors", "message", "meta", "metadata", "pagination", "paging", "links",
    };

    /// <summary>
    /// Takes the models out of the unknown members of a response, and keeps what stands beside them, such as their number; null
    /// when there are none.
    /// </summary>
    public static IReadOnlyList<ModelSummary>? Take(IDictionary<string, JsonElement>? members)
    {
        foreach (var name in _lists)
        {
            var isObject = members is not null
                && members.TryGetValue(name, out var element)
                && element.ValueKind == JsonValueKind.Object;
            if (!isObject)
            {
                continue;
            }

            var beside = new Dictionary<string, JsonElement>(System.StringComparer.Ordinal);
            if (Find(members![name], beside, depth: 1) is not { } models)
            {
                continue;
            }

            members.Remove(name);
            foreach (var other in beside.Where(other => !members.ContainsKey(other.Key)).ToList())
            {
                members[other.Key] = other.Value;
            }

            return models;
        }

        return null;
    }

    private static IReadOnlyList<ModelSummary>? Find(JsonElement element, Dictionary<string, JsonElement> beside, int depth)
    {
        var members = element.EnumerateObject()
            .Select(member => (Name: JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(member)), member.Value))
            .ToList();

        foreach (var list in _lists)
        {
            var (name, value) = members.Find(member => member.Name == list);
            var found = name is null ? null : FindIn(value, beside, depth);
            if (found is null)
            {
                continue;
            }

            foreach (var (other, besideIt) in members.Where(member => member.Name != list))
            {
                beside[other] = besideIt;
            }

            return found;
        }

        return OfMembers(members);
    }

    private static IReadOnlyList<ModelSummary>? FindIn(JsonElement value, Dictionary<string, JsonElement> beside, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return JsonRead.FromElement(value, (ref Utf8JsonReader reader) => JsonRead.List(ref reader, ModelSummary.ReadFrom));
        }

        if (value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
        {
            return Find(value, beside, depth + 1);
        }

        return null;
    }

    /// <summary>A model for each member, under whose name it is listed; null when they are something else.</summary>
    private static List<ModelSummary>? OfMembers(List<(string Name, JsonElement Value)> members)
    {
        var models = new List<ModelSummary>(members.Count);

        foreach (var (name, value) in members)
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            var isReserved = _notModels.Contains(name) || _lists.Contains(name);
            var isNameOfModel = name.Length > 0 && !isReserved;
            var isModel = isNameOfModel && value.ValueKind == JsonValueKind.Object;
            if (!isModel || JsonRead.FromElement(value, ModelSummary.ReadFrom) is not { } model)
            {
                return null;
            }

            var ownId = JsonMember.Find(value, "id"u8) is { } id ? JsonRead.FromElement(id, JsonRead.Text) : null;
            model.Id = string.IsNullOrEmpty(ownId) ? name : ownId;
            models.Add(model);
        }

        return models.Count == 0 ? null : models;
    }
}
