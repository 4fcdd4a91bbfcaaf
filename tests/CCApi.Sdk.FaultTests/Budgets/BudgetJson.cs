using System.Text.Json.Serialization;

namespace CCApi.Sdk.FaultTests.Budgets;

[JsonSerializable(typeof(Place))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BudgetJson : JsonSerializerContext;

/// <summary>What a typed response and a tool call contain.</summary>
/// <param name="City">The city.</param>
internal sealed record Place(string City);
