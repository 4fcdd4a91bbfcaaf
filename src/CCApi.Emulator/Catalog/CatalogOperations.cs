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

    private static readonly (string Name, Func<string, bool> IsValid, string Requirement)[] _parameters =
    [
        ("order", _orders.Contains, "asc or desc"),
        ("sort", _sorts.Contains, $"one of {string.Join(", ", _sorts)}"),
        ("offset", text => NumberOf(text) >= 0, "0 or more"),
        ("limit", text => NumberOf(text) >= 1, "1 or more"),
    ];

    private static readonly GatewayResponse _everything = Page(EmulatedCatalog.Models, 0, int.MaxValue);

    public static GatewayResponse ListModels(GatewayRequest request)
    {
        if (!request.HasQuery)
        {
            return _everything;
        }

        foreach (var (name, isValid, requirement) in _parameters)
        {
            if (request.Query(name) is { } value && !isValid(value))
            {
                return GatewayErrors.Invalid($"{name} must be {requirement}.", name);
            }
        }

        var found = Sort(Filter(request), request.Query("sort"), request.Query("order")).ToList();

        return Page(found, NumberOf(request.Query("offset")) ?? 0, NumberOf(request.Query("limit")) ?? int.MaxValue);
    }

    private static IEnumerable<EmulatedModel> Filter(GatewayRequest request)
    {
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

        return models;
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

    /// <summary>A whole number of 0 or more; null for anything else.</summary>
    private static int? NumberOf(string? text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
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
