using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Support;

/// <summary>Compares JSON.</summary>
internal static class Wire
{
    /// <summary>Fails unless both are the same JSON, whatever the order of members.</summary>
    public static void AssertEqual(string expected, string actual)
    {
        if (!JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)))
        {
            Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(actual)!.ToJsonString());
        }
    }
}
