using Microsoft.Extensions.AI;
using Wire = CCApi.Sdk.Models;

namespace CCApi.Sdk.Extensions.AI;

/// <summary>What is known of a call beyond what the abstractions have a property for.</summary>
internal static class ResponseProperties
{
    public static AdditionalPropertiesDictionary Of(Wire.ChatCompletionResponse response)
    {
        var properties = Of(response.Info);
        Set(properties, CCApiAIProperties.Provider, response.Provider);
        Set(properties, CCApiAIProperties.ServedModel, response.Model);
        if (response.IsTruncated)
        {
            properties[CCApiAIProperties.IsTruncated] = true;
        }

        return properties;
    }

    public static AdditionalPropertiesDictionary Of(CCApiResponseInfo? info)
    {
        var properties = new AdditionalPropertiesDictionary();
        if (info is not null)
        {
            Set(properties, CCApiAIProperties.RequestId, info.RequestId);
            properties[CCApiAIProperties.Attempts] = info.Attempts.Count;
            SetCost(properties, info.Cost);
        }

        return properties;
    }

    public static void Set(AdditionalPropertiesDictionary properties, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            properties[name] = value;
        }
    }

    /// <remarks>An unknown cost is left out: a 0 would be added up as a price.</remarks>
    private static void SetCost(AdditionalPropertiesDictionary properties, CCApiCost cost)
    {
        if (cost.Amount is { } amount)
        {
            properties[CCApiAIProperties.Cost] = amount;
            properties[CCApiAIProperties.CostCurrency] = cost.Currency;
            properties[CCApiAIProperties.CostSource] = cost.Source.ToString();
        }
    }
}
