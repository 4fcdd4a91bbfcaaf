using System;
using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Json;

namespace CCApi.Sdk.Models;

/// <summary>What a body that is not read as a response of the contract reports about its cost, such as that of an error.</summary>
internal sealed class BodyCostReport : ICostReport
{
    private BodyCostReport(string? model, string? tier, Usage? usage, ReportedCost? cost)
    {
        Model = model;
        ServiceTier = tier;
        Usage = usage;
        Cost = cost;
    }

    public string? Model { get; }

    public string? ServiceTier { get; }

    public Usage? Usage { get; }

    public ReportedCost? Cost { get; }

    public long? Images => null;

    public long? Characters => null;

    public double? Seconds => null;

    /// <summary>Reads the members of the root; null when they report neither usage nor a cost.</summary>
    public static BodyCostReport? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = JsonRead.Of(JsonStart.SkipByteOrderMark(json));
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                return ReadMembers(ref reader);
            }

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static BodyCostReport? ReadMembers(ref Utf8JsonReader reader)
    {
        string? model = null;
        string? tier = null;
        Usage? usage = null;
        Dictionary<string, JsonElement>? costs = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonRead.MemberName(ref reader);
            var isModel = name.SequenceEqual("model"u8);
            var isTier = name.SequenceEqual("service_tier"u8);
            var isUsage = name.SequenceEqual("usage"u8);
            var costName = ReportedCost.NameOf(name);
            reader.Read();
            if (isModel)
            {
                model = JsonRead.Text(ref reader);
            }
            else if (isTier)
            {
                tier = JsonRead.Text(ref reader);
            }
            else if (isUsage)
            {
                usage = Usage.ReadFrom(ref reader);
            }
            else if (costName is not null)
            {
                costs ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                costs[costName] = JsonElement.ParseValue(ref reader);
            }

            reader.Skip();
        }

        var cost = usage?.ReportedCost ?? ReportedCost.Find(costs);
        if (usage is null && cost is null)
        {
            return null;
        }

        return new BodyCostReport(model, ReportedTier.Of(tier, usage), usage, cost);
    }
}
