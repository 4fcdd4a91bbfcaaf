using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CCApi.Emulator;

/// <summary>Runs both image operations.</summary>
internal static class ImageOperations
{
    private const int MostImages = 10;

    private static readonly string[] _qualities = ["standard", "hd", "low", "medium", "high", "auto"];

    private static readonly string[] _responseFormats = ["url", "b64_json"];

    private static readonly MemberRules _members = new MemberRules()
        .Texts("model", "user")
        .OneOf("response_format", _responseFormats)
        .OneOf("quality", _qualities)
        .OneOf("style", "vivid", "natural");

    private static readonly MemberRules _multimodalMembers = new MemberRules()
        .Texts("model", "webhook_url")
        .Objects("parameters");

    private static readonly MemberRules _content = new MemberRules().Texts("text").Objects("image", "mask");

    private static readonly MemberRules _parameters = new MemberRules()
        .Texts("aspect_ratio", "negative_prompt")
        .OneOf("response_format", _responseFormats)
        .OneOf("quality", _qualities)
        .Integer("seed", long.MinValue, long.MaxValue)
        .Integer("steps", 0, int.MaxValue)
        .Number("guidance_scale", double.MinValue, double.MaxValue)
        .Number("strength", 0, 1);

    /// <summary>The OpenAI-compatible operation: always at once.</summary>
    public static GatewayResponse Generate(
        GatewayRequest request, Accounts accounts, MediaStore media, int seed, ImageStep? script)
    {
        var body = request.Body;
        if (string.IsNullOrWhiteSpace(body.Text("prompt")))
        {
            return GatewayErrors.Invalid("prompt must be a text.", "prompt");
        }

        if (_members.ProblemOf(body) is { } problem)
        {
            return problem;
        }

        if ((FindModel(body.Text("model")) ?? ScriptedModel(body.Text("model"), script)) is not { } model)
        {
            return Missing(body.Text("model"));
        }

        if (ImageSize.FromMember(body["size"]) is not { } size)
        {
            return GatewayErrors.Invalid("size must be like 1024x1024, each side from 16 to 2048.", "size");
        }

        if (Count(body, "n") is not { } count)
        {
            return GatewayErrors.Invalid($"n must be from 1 to {MostImages}.", "n");
        }

        request.Model = model.Id;
        var isBase64 = body.Text("response_format") == "b64_json";
        var order = new ImageOrder(body.Text("prompt")!, model, count, size.Width, size.Height, seed, isBase64)
        {
            Script = script,
            Quality = body.Text("quality"),
        };

        return request.TryCharge(accounts, model.Id, order.Credits) ?? GatewayResponse.Json(new JsonObject
        {
            ["id"] = Id(request, seed, "img"),
            ["created"] = request.Now.ToUnixTimeSeconds(),
            ["model"] = model.Id,
            ["provider"] = model.Provider,
            ["data"] = order.Make(media, withSeed: false),
            ["revised_prompt"] = order.Prompt,
        });
    }

    /// <summary>The multimodal operation: at once, or as a job where the model takes long.</summary>
    public static GatewayResponse GenerateMultimodal(
        GatewayRequest request,
        Accounts accounts,
        ImageJobs jobs,
        WebhookSender webhooks,
        int seed,
        ImageStep? script)
    {
        var body = request.Body;
        if (body["contents"] is not JsonArray { Count: > 0 } contents || contents.Any(item => item is not JsonObject))
        {
            return GatewayErrors.Invalid("contents must hold at least one item.", "contents");
        }

        if (TypeProblem(body, contents) is { } wrongType)
        {
            return wrongType;
        }

        var prompt = string.Join(
            ' ',
            contents.OfType<JsonObject>().Select(item => item.Text("text")).Where(
                text => !string.IsNullOrWhiteSpace(text)));

        var hasImage = contents.Any(item => item!["image"] is JsonObject);
        var hasMask = contents.Any(item => item!["mask"] is JsonObject);
        if (prompt.Length == 0 && !hasImage)
        {
            return GatewayErrors.Invalid("contents must hold a text or an image.", "contents");
        }

        if (hasMask && !hasImage)
        {
            return GatewayErrors.Invalid("A mask needs an image.", "contents");
        }

        var (input, unreadable) = ImageInput.Read(contents);
        if (unreadable is not null)
        {
            return GatewayErrors.Invalid(unreadable, "contents");
        }

        var modelId = body.Text("model") ?? "imaginepro/nano-banana";
        if ((FindJobModel(modelId) ?? FindModel(modelId) ?? ScriptedModel(modelId, script)) is not { } model)
        {
            return Missing(modelId);
        }

        var (webhook, problem) = webhooks.Read(body.Text("webhook_url"));
        if (problem is not null)
        {
            return GatewayErrors.Invalid(problem, "webhook_url");
        }

        var parameters = body["parameters"] as JsonObject;
        if (ImageSize.FromParameters(parameters) is not { } size)
        {
            return GatewayErrors.Invalid(
                "width and height must be from 16 to 2048, and aspect_ratio like 16:9.", "parameters");
        }

        if (Count(parameters, "num_images") is not { } count)
        {
            return GatewayErrors.Invalid($"num_images must be from 1 to {MostImages}.", "parameters.num_images");
        }

        request.Model = model.Id;
        var imageSeed = parameters?.Integer("seed") ?? seed;
        var isBase64 = parameters?.Text("response_format") == "b64_json";
        var order = new ImageOrder(prompt, model, count, size.Width, size.Height, imageSeed, isBase64, input)
        {
            Script = script,
            Quality = parameters?.Text("quality"),
        };

        if (request.TryCharge(accounts, model.Id, order.Credits) is { } rejection)
        {
            return rejection;
        }

        var operation = (hasMask, hasImage) switch
        {
            (true, _) => "inpainting",
            (_, true) => "image-to-image",
            _ => "text-to-image",
        };

        return jobs.Start(
            request,
            order,
            operation,
            Id(request, seed, model.Has(ModelTraits.Async) ? "job" : "img"),
            webhook);
    }

    /// <summary>The error of the first member of the multimodal operation that has another type.</summary>
    private static GatewayResponse? TypeProblem(JsonObject body, JsonArray contents)
    {
        if (_multimodalMembers.ProblemOf(body) is { } problem)
        {
            return problem;
        }

        var problems = contents.OfType<JsonObject>().Select((item, index) => _content.ProblemOf(item, $"contents[{index}]."));
        if (problems.FirstOrDefault(found => found is not null) is { } ofContent)
        {
            return ofContent;
        }

        if (body["parameters"] is JsonObject parameters)
        {
            return _parameters.ProblemOf(parameters, "parameters.");
        }

        return null;
    }

    private static EmulatedModel? ScriptedModel(string? id, ImageStep? script)
    {
        if (script is null || string.IsNullOrEmpty(id))
        {
            return null;
        }

        return EmulatedModel.Unknown(id, EmulatedModel.Image);
    }

    private static EmulatedModel? FindJobModel(string id)
    {
        if (EmulatorFaults.OfJobModel(id) is null)
        {
            return null;
        }

        return EmulatedCatalog.Find("imaginepro/nano-banana")! with { Id = id };
    }

    private static EmulatedModel? FindModel(string? id)
    {
        if (EmulatorFaults.OfModel(id) is not null)
        {
            return EmulatedCatalog.Find("google/nano-banana")! with { Id = id! };
        }

        var model = EmulatedCatalog.Find(id);

        if (model?.Type == EmulatedModel.Image)
        {
            return model;
        }

        return null;
    }

    private static GatewayResponse Missing(string? model)
    {
        if (string.IsNullOrWhiteSpace(model))
        {
            return GatewayErrors.Invalid("model is required.", "model");
        }

        return GatewayErrors.ModelNotFound(model);
    }

    private static int? Count(JsonObject? body, string name)
    {
        if (body?[name] is not { } value)
        {
            return 1;
        }

        if (value.GetValueKind() == JsonValueKind.Number && body.Number(name) is >= 1 and <= MostImages)
        {
            return body.Number(name);
        }

        return null;
    }

    /// <summary>An id for each charge, so that the same request with the same idempotency key has the same one.</summary>
    private static string Id(GatewayRequest request, int seed, string kind) =>
        $"{kind}_{GatewayRequest.Hash(seed, request.BodyHash):x8}{request.Charge:x8}";
}
