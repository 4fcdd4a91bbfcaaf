using System;
using System.Collections.Generic;
using System.Text.Json.Serialization.Metadata;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.AotApp;

/// <summary>The 21 schemas of the contract and the chunk of a stream, by name.</summary>
internal static class Schemas
{
    public static IReadOnlyDictionary<string, JsonTypeInfo> All { get; } = new Dictionary<string, JsonTypeInfo>(StringComparer.Ordinal)
    {
        ["AudioSpeechRequest"] = CCApiJsonContext.Default.AudioSpeechRequest,
        ["AudioSpeechResponse"] = CCApiJsonContext.Default.AudioSpeechResponse,
        ["ChatCompletionChunk"] = CCApiJsonContext.Default.ChatCompletionChunk,
        ["ChatCompletionRequest"] = CCApiJsonContext.Default.ChatCompletionRequest,
        ["ChatCompletionResponse"] = CCApiJsonContext.Default.ChatCompletionResponse,
        ["ChatMessage"] = CCApiJsonContext.Default.ChatMessage,
        ["ChatTool"] = CCApiJsonContext.Default.ChatTool,
        ["ChatToolFunction"] = CCApiJsonContext.Default.ChatToolFunction,
        ["ErrorObject"] = CCApiJsonContext.Default.ErrorObject,
        ["ErrorResponse"] = CCApiJsonContext.Default.ErrorResponse,
        ["ImageDatum"] = CCApiJsonContext.Default.ImageDatum,
        ["LegacyImageGenerationRequest"] = CCApiJsonContext.Default.LegacyImageGenerationRequest,
        ["LegacyImageGenerationResponse"] = CCApiJsonContext.Default.LegacyImageGenerationResponse,
        ["ModelListResponse"] = CCApiJsonContext.Default.ModelListResponse,
        ["ModelSummary"] = CCApiJsonContext.Default.ModelSummary,
        ["MultimodalImageGenerationRequest"] = CCApiJsonContext.Default.MultimodalImageGenerationRequest,
        ["MultimodalImageGenerationResponse"] = CCApiJsonContext.Default.MultimodalImageGenerationResponse,
        ["MultimodalImageParameters"] = CCApiJsonContext.Default.MultimodalImageParameters,
        ["MultimodalInputContent"] = CCApiJsonContext.Default.MultimodalInputContent,
        ["ProviderDetailResponse"] = CCApiJsonContext.Default.ProviderDetailResponse,
        ["ProviderListResponse"] = CCApiJsonContext.Default.ProviderListResponse,
        ["ProviderSummary"] = CCApiJsonContext.Default.ProviderSummary,
    };
}
