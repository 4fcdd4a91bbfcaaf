using System.Collections.Generic;

namespace CCApi.Sdk.Tests.Support;

/// <summary>What the service names, as the design lists it.</summary>
internal static class ServiceNames
{
    public static IReadOnlyList<string> Schemas { get; } =
    [
        "ErrorObject", "ErrorResponse", "ChatMessage", "ChatToolFunction", "ChatTool", "ChatCompletionRequest", "ChatCompletionResponse",
        "AudioSpeechRequest", "AudioSpeechResponse", "LegacyImageGenerationRequest", "LegacyImageGenerationResponse", "MultimodalInputContent",
        "MultimodalImageParameters", "MultimodalImageGenerationRequest", "ImageDatum", "MultimodalImageGenerationResponse", "ModelSummary",
        "ModelListResponse", "ProviderSummary", "ProviderListResponse", "ProviderDetailResponse",
    ];

    public static IReadOnlyList<string> Responses { get; } = ["BadRequest", "Unauthorized", "BillingError", "RateLimit", "InternalError"];
}
