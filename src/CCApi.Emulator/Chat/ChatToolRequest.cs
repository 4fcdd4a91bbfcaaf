using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>A call of a tool that an answer asks for.</summary>
internal sealed record ChatToolRequest(string Id, string Name, string Arguments)
{
    public JsonNode ToJson() => new JsonObject
    {
        ["id"] = Id,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = Name, ["arguments"] = Arguments },
    };
}
