using System.Globalization;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Writes the price of a model in its form.</summary>
internal static class PriceWriter
{
    private const decimal Million = 1_000_000m;

    /// <summary>Adds the price to a model of the list.</summary>
    /// <param name="model">The model.</param>
    /// <param name="item">Its JSON.</param>
    public static void Write(EmulatedModel model, JsonObject item)
    {
        var price = model.Price;
        switch (price.Form)
        {
            case PriceForm.PerToken:
                item["pricing"] = PerToken(price);
                break;
            case PriceForm.Flat:
                item["input_cost_per_token"] = price.Input / Million;
                item["output_cost_per_token"] = price.Output / Million;
                break;
            case PriceForm.Ratios:
                item["quota_type"] = 0;
                item["model_ratio"] = price.Input / 2;
                item["completion_ratio"] = price.Output / price.Input;
                break;
            default:
                item["ccapi"]!["pricing"] = Pricing(model);
                break;
        }
    }

    private static JsonNode Pricing(EmulatedModel model)
    {
        var price = model.Price;
        return price.Form switch
        {
            PriceForm.Currency => Units(model, "USD"),
            PriceForm.Credits => Units(model, "credits"),
            PriceForm.Thousands => Tokens("1K tokens", price.Input / 1000, price.Output / 1000),
            PriceForm.Names => Names(price),
            PriceForm.Text => Text(model),
            PriceForm.List => new JsonArray(Item("input", price.Input), Item("output", price.Output)),
            PriceForm.Nested => Tokens("1M tokens", Dollars(price.Input), Dollars(price.Output)),
            PriceForm.Tiers => Tiers(price),
            PriceForm.PerCharacter => new JsonObject { ["per_character"] = price.Input / 1000 },
            PriceForm.Qualities => Qualities(price),
            PriceForm.Call => new JsonObject { ["unit"] = "call", ["price"] = price.Output },
            _ => Units(model, currency: null),
        };
    }

    private static JsonObject Units(EmulatedModel model, string? currency)
    {
        var price = model.Price;
        var pricing = new JsonObject();
        if (currency is not null)
        {
            pricing["currency"] = currency;
        }

        switch (model.Type)
        {
            case EmulatedModel.Text:
                pricing["unit"] = "1M tokens";
                pricing["input"] = price.Input;
                pricing["output"] = price.Output;
                break;
            case EmulatedModel.Audio:
                pricing["unit"] = "1K characters";
                pricing["input"] = price.Input;
                break;
            default:
                pricing["unit"] = "image";
                pricing["output"] = price.Output;
                break;
        }

        return pricing;
    }

    private static JsonObject PerToken(EmulatedPrice price)
    {
        var pricing = new JsonObject { ["prompt"] = Digits(price.Input / Million), ["completion"] = Digits(price.Output / Million) };
        if (price.Cached is { } cached)
        {
            pricing["input_cache_read"] = Digits(cached / Million);
        }

        if (price.Reasoning is { } reasoning)
        {
            pricing["internal_reasoning"] = Digits(reasoning / Million);
        }

        pricing["request"] = "0";

        return pricing;
    }

    private static JsonObject Names(EmulatedPrice price)
    {
        var pricing = new JsonObject { ["input_per_million"] = price.Input, ["output_per_million"] = price.Output };
        if (price.Cached is { } cached)
        {
            pricing["cached_input_per_million"] = cached;
        }

        return pricing;
    }

    private static JsonNode Text(EmulatedModel model) => model.Type switch
    {
        EmulatedModel.Text => new JsonObject
        {
            ["input"] = $"${Digits(model.Price.Input)} / 1M tokens",
            ["output"] = $"${Digits(model.Price.Output)} / 1M tokens",
        },
        EmulatedModel.Audio => JsonValue.Create($"{Digits(model.Price.Input)} USD per 1K characters"),
        _ => JsonValue.Create($"${Digits(model.Price.Output)} per image"),
    };

    private static JsonObject Tiers(EmulatedPrice price) => new()
    {
        ["unit"] = "1M tokens",
        ["input"] = Tiers(price.LongFrom, price.Input, price.LongInput),
        ["output"] = Tiers(price.LongFrom, price.Output, price.LongOutput),
    };

    private static JsonArray Tiers(int from, decimal first, decimal second) =>
        new(new JsonObject { ["from"] = 0, ["price"] = first }, new JsonObject { ["from"] = from, ["price"] = second });

    private static JsonArray Qualities(EmulatedPrice price)
    {
        var list = new JsonArray((JsonNode)new JsonObject { ["unit"] = "image", ["price"] = price.Output });
        foreach (var (quality, amount) in price.Qualities!)
        {
            list.Add((JsonNode)new JsonObject { ["unit"] = "image", ["quality"] = quality, ["price"] = amount });
        }

        return list;
    }

    private static JsonObject Tokens(string unit, JsonNode input, JsonNode output) =>
        new() { ["unit"] = unit, ["input"] = input, ["output"] = output };

    private static JsonObject Item(string type, decimal amount) =>
        new() { ["type"] = type, ["unit"] = "1M tokens", ["amount"] = Digits(amount) };

    private static JsonObject Dollars(decimal amount) => new() { ["usd"] = amount };

    private static string Digits(decimal amount) => amount.ToString(CultureInfo.InvariantCulture);
}
