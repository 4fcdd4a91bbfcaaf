using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Lists models and providers.</summary>
internal static class CatalogOperations
{
    private const long Created = 1_735_689_600;

    // The service documents that there are such fields, and none of their names; these are what a catalog has.
    private static readonly HashSet<string> _sorts =
        new(StringComparer.OrdinalIgnoreCase) { "id", "name", "created", "provider", "price", "context_length" };

    private static readonly HashSet<string> _orders = new(StringComparer.OrdinalIgnoreCase) { "asc", "desc" };

    private static readonly GatewayResponse _everything = Page(EmulatedCatalog.Models, 0, int.MaxValue);

    public static GatewayResponse ListModels(GatewayRequest request)
    {
        if (!request.HasQuery)
        {
            return _everything;
        }

        var models = EmulatedCatalog.Models.AsEnumerable();
        if (request.Query("provider") is { } provider)
        {
            models = models.Where(model => model.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase));
        }

        if (request.Query("type") is { } type)
        {
            // Chat models are listed as text; both words are in use.
            var listed = type.Equals("chat", StringComparison.OrdinalIgnoreCase) ? EmulatedModel.Text : type;
            models = models.Where(model => model.Type.Equals(listed, StringComparison.OrdinalIgnoreCase));
        }

        if (request.Query("order") is { } order && !_orders.Contains(order))
        {
            return GatewayErrors.Invalid("order must be asc or desc.", "order");
        }

        if (request.Query("sort") is { } sort && !_sorts.Contains(sort))
        {
            return GatewayErrors.Invalid($"sort must be one of {string.Join(", ", _sorts)}.", "sort");
        }

        models = Sort(models, request.Query("sort"), request.Query("order"));
        if (!TryNumber(request, "offset", 0, out var offset))
        {
            return GatewayErrors.Invalid("offset must be 0 or more.", "offset");
        }

        if (TryNumber(request, "limit", 1, out var limit))
        {
            return Page(models.ToList(), offset ?? 0, limit ?? int.MaxValue);
        }

        return GatewayErrors.Invalid("limit must be 1 or more.", "limit");
    }

    /// <summary>One model by its id, whose slash may be escaped.</summary>
    public static GatewayResponse GetModel(string escapedId)
    {
        var id = Uri.UnescapeDataString(escapedId);
        if (EmulatedCatalog.Find(id) is { } model)
        {
            return GatewayResponse.Json(Model(model));
        }

        return GatewayResponse.Error(404, $"The model '{id}' does not exist.", "invalid_request_error", "model_not_found", "model");
    }

    public static GatewayResponse ListProviders() => GatewayResponse.Json(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. EmulatedCatalog.Providers.Keys.Select(Provider)]),
    });

    public static GatewayResponse GetProvider(string name)
    {
        if (!EmulatedCatalog.Providers.ContainsKey(name))
        {
            return GatewayResponse.Error(404, $"There is no provider '{name}'.", "invalid_request_error", "not_found", "provider");
        }

        var detail = Provider(name);
        detail["object"] = "provider";
        detail["models"] = new JsonArray([.. EmulatedCatalog.Models.Where(model => model.Provider == name).Select(Model)]);

        return GatewayResponse.Json(detail);
    }

    private static GatewayResponse Page(IReadOnlyList<EmulatedModel> found, int offset, int limit)
    {
        var page = found.Skip(offset).Take(limit).ToList();
        return GatewayResponse.Json(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. page.Select(Model)]),
            ["total"] = found.Count,
            ["has_more"] = page.Count > 0 && offset + page.Count < found.Count,
        });
    }

    private static IEnumerable<EmulatedModel> Sort(IEnumerable<EmulatedModel> models, string? sort, string? order)
    {
        var isDescending = order?.Equals("desc", StringComparison.OrdinalIgnoreCase) == true;
        Func<EmulatedModel, IComparable>? key = sort?.ToUpperInvariant() switch
        {
            null => null,
            "PRICE" => static model => model.Price.Input + model.Price.Output,
            "PROVIDER" => static model => model.Provider,
            "CONTEXT_LENGTH" => static model => model.ContextLength,
            _ => static model => model.Id,
        };

        if (key is null)
        {
            if (isDescending)
            {
                return models.Reverse();
            }

            return models;
        }

        if (isDescending)
        {
            return models.OrderByDescending(key);
        }

        return models.OrderBy(key);
    }

    private static bool TryNumber(GatewayRequest request, string name, int least, out int? number)
    {
        number = null;
        if (request.Query(name) is not { } text)
        {
            return true;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least;
        number = value;

        return isNumber;
    }

    private static JsonObject Provider(string name) => new()
    {
        ["name"] = name,
        ["display_name"] = EmulatedCatalog.Providers[name].DisplayName,
        ["is_fundamental"] = EmulatedCatalog.Providers[name].IsFundamental,
    };

    private static JsonNode Model(EmulatedModel model)
    {
        var capabilities = new JsonObject { ["streaming"] = model.Type == EmulatedModel.Text };
        if (model.Type == EmulatedModel.Text)
        {
            capabilities["context_length"] = model.ContextLength;
            capabilities["max_output_tokens"] = 16_384;
            capabilities["function_calling"] = model.Has(ModelTraits.Tools);
            capabilities["vision"] = model.Has(ModelTraits.Vision);
            capabilities["json_mode"] = model.Has(ModelTraits.Json);
        }

        var inputs = new JsonArray("text");
        if (model.Has(ModelTraits.Vision) || model.Type == EmulatedModel.Image)
        {
            inputs.Add((JsonNode)"image");
        }


        var item = new JsonObject
        {
            ["id"] = model.Id,
            ["object"] = "model",
            ["created"] = Created,
            ["owned_by"] = model.Provider,
            ["provider"] = Provider(model.Provider),
            ["ccapi"] = new JsonObject
            {
                ["display_name"] = model.DisplayName,
                ["type"] = model.Type,
                ["input_modalities"] = inputs,
                ["output_modalities"] = new JsonArray(model.Type),
                ["capabilities"] = capabilities,
            },
        };

        PriceWriter.Write(model, item);

        return item;
    }
}
