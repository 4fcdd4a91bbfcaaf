using System.Collections.Generic;
using System.Text.Json.Serialization;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Bulk;

/// <summary>The JSON of requests, responses and file lists in ledgers and JSONL files.</summary>
[JsonSerializable(typeof(ChatCompletionRequest))]
[JsonSerializable(typeof(ChatCompletionResponse))]
[JsonSerializable(typeof(AudioSpeechRequest))]
[JsonSerializable(typeof(AudioSpeechResponse))]
[JsonSerializable(typeof(MultimodalImageGenerationRequest))]
[JsonSerializable(typeof(MultimodalImageGenerationResponse))]
[JsonSerializable(typeof(LegacyImageGenerationRequest))]
[JsonSerializable(typeof(LegacyImageGenerationResponse))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class BulkJson : JsonSerializerContext;
