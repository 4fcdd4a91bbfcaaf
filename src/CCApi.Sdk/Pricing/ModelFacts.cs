using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>
/// What is known about a model: from the contract's members and, where they are missing, from those that other gateways of the
/// family send (observed).
/// </summary>
internal static class ModelFacts
{
    private static readonly string[] _contexts = ["context_length", "context_window", "max_context_length", "max_model_len"];

    private static readonly string[] _outputs = ["max_output_tokens", "max_completion_tokens"];

    private static readonly Dictionary<string, Modality> _outputOfTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text"] = Modality.Text,
        ["chat"] = Modality.Text,
        ["language"] = Modality.Text,
        ["image"] = Modality.Image,
        ["audio"] = Modality.Audio,
        ["speech"] = Modality.Audio,
        ["tts"] = Modality.Audio,
        ["music"] = Modality.Audio,
        ["video"] = Modality.Video,
    };

    public static ModelType? Type(ModelSummary model)
    {
        if (model.Ccapi?.Type is { } type)
        {
            return type;
        }

        if (Text(model.AdditionalProperties, "type") is { } text)
        {
            return new ModelType(text);
        }

        return (ModelType?)null;
    }

    public static string? Provider(ModelSummary model)
    {
        if (NonEmpty(model.Provider?.Name) is { } name)
        {
            return name;
        }

        var slash = model.Id?.IndexOf('/') ?? -1;
        if (slash > 0)
        {
            return model.Id!.Substring(0, slash);
        }

        return NonEmpty(model.OwnedBy);
    }

    public static string? DisplayName(ModelSummary model) =>
        NonEmpty(model.Ccapi?.DisplayName) ?? Text(model.AdditionalProperties, "display_name") ?? NonEmpty(model.Name);

    public static IReadOnlyList<Modality> InputModalities(ModelSummary model)
    {
        var stated = model.Ccapi?.InputModalities ?? Listed(model, "input_modalities");
        if (stated is { Count: > 0 })
        {
            return stated;
        }

        var hasVision = model.Ccapi?.Capabilities?.Vision ?? Flag(model, "vision");
        if (hasVision == true)
        {
            return [Modality.Text, Modality.Image];
        }

        // Every type of model takes a text, whatever it makes of it.
        if (Type(model) is { } type && _outputOfTypes.ContainsKey(type.Value))
        {
            return [Modality.Text];
        }

        return [];
    }

    public static IReadOnlyList<Modality> OutputModalities(ModelSummary model)
    {
        var stated = model.Ccapi?.OutputModalities ?? Listed(model, "output_modalities");
        if (stated is { Count: > 0 })
        {
            return stated;
        }

        if (Type(model) is { } type && _outputOfTypes.TryGetValue(type.Value, out var output))
        {
            return [output];
        }

        return [];
    }

    public static long? ContextLength(ModelSummary model) => Positive(model.Ccapi?.Capabilities?.ContextLength) ?? Number(model, _contexts);

    public static long? MaxOutputTokens(ModelSummary model) =>
        Positive(model.Ccapi?.Capabilities?.MaxOutputTokens) ?? Number(model, _outputs);

    public static bool? Tools(ModelSummary model) => model.Ccapi?.Capabilities?.FunctionCalling ?? Flag(model, "function_calling", "tools");

    public static bool? JsonMode(ModelSummary model) =>
        model.Ccapi?.Capabilities?.JsonMode ?? Flag(model, "json_mode", "structured_outputs");

    /// <summary>The other names under which the model is listed.</summary>
    public static IEnumerable<string> OtherNames(ModelSummary model)
    {
        var unknown = model.AdditionalProperties;
        var names = new List<string?> { model.Model, model.Name, Text(unknown, "canonical_slug"), Text(unknown, "root") };
        if (model.AdditionalProperties?.TryGetValue("aliases", out var aliases) == true && aliases.ValueKind == JsonValueKind.Array)
        {
            names.AddRange(Texts(aliases));
        }

        // A name with spaces is for people.
        return names.OfType<string>().Where(name => name.Length > 0 && !name.Any(char.IsWhiteSpace));
    }

    private static IReadOnlyList<Modality>? Listed(ModelSummary model, string name)
    {
        var element = Member(model.AdditionalProperties, name) ?? Nested(model, "architecture", name);
        if (element is { ValueKind: JsonValueKind.Array } list)
        {
            return [.. Texts(list).Select(text => new Modality(text))];
        }

        return null;
    }

    /// <summary>Whether a model has a feature, by a flag of its capabilities or by a list of what it supports.</summary>
    private static bool? Flag(ModelSummary model, params string[] names)
    {
        foreach (var name in names)
        {
            if (Nested(model, "capabilities", name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag)
            {
                return flag.ValueKind == JsonValueKind.True;
            }
        }

        var unknown = model.AdditionalProperties;
        var supported = Member(unknown, "supported_parameters") ?? Member(unknown, "supported_features");
        if (supported is { ValueKind: JsonValueKind.Array } list)
        {
            return Texts(list).Any(names.Contains);
        }

        return null;
    }

    private static IEnumerable<string> Texts(JsonElement list) =>
        list.EnumerateArray().Select(item => JsonRead.FromElement(item, JsonRead.Text)).OfType<string>();

    private static long? Number(ModelSummary model, string[] names)
    {
        foreach (var name in names)
        {
            var element = Member(model.AdditionalProperties, name) ?? Nested(model, "top_provider", name);
            if (element is { } stated && Positive(Int64(stated)) is { } number)
            {
                return number;
            }
        }

        return null;
    }

    private static long? Int64(JsonElement element)
    {
        var text = JsonRead.FromElement(element, JsonRead.Text);
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return null;
    }

    private static JsonElement? Nested(ModelSummary model, string container, string name)
    {
        if (Member(model.AdditionalProperties, container) is { ValueKind: JsonValueKind.Object } element
            && element.TryGetProperty(name, out var nested))
        {
            return nested;
        }

        return null;
    }

    private static JsonElement? Member(IDictionary<string, JsonElement>? members, string name)
    {
        if (members is not null && members.TryGetValue(name, out var element))
        {
            return element;
        }

        return null;
    }

    private static string? Text(IDictionary<string, JsonElement>? members, string name)
    {
        if (Member(members, name) is { ValueKind: JsonValueKind.String } element)
        {
            return NonEmpty(JsonRead.FromElement(element, JsonRead.Text));
        }

        return null;
    }

    private static long? Positive(long? number)
    {
        if (number > 0)
        {
            return number;
        }

        return null;
    }

    private static string? NonEmpty(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text;
    }
}
