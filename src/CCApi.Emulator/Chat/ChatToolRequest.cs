using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>A tool call that a completion requests.</summary>
internal sealed record ChatToolRequest(string Id, string Name, string Arguments)
{
    public JsonNode ToJson() => new JsonObject
    {
        ["id"] = Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = Name, ["arguments"] = Arguments },
    };
}
