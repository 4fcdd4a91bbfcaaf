using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Calls of every operation. Tests that hold for all operations enumerate this list, which a test compares with the contract.</summary>
internal static class OperationCalls
{
    private const string Id = OperationCall.Id;

    public static IReadOnlyList<OperationCall> All { get; } =
    [
        new("POST /chat/completions", client => client.Chat.CompleteAsync("m", "Hi")),
        new("POST /chat/completions", client => client.Chat.StreamAsync("m", "Hi").GetResponseAsync()) { IsStream = true },
        new("POST /audio/speech", client => client.Audio.CreateSpeechAsync("m", "Hi", "v")),
        new("POST /images/generations", client => client.Images.GenerateAsync("m", "A fox.")),
        new("POST /images/generate", client => client.Images.StartAsync(ImageRequest)),
        new("GET /images/jobs/{id}", client => client.Images.GetJobAsync(Id)),
        new("GET /models", client => client.Catalog.ListModelsAsync()),
        new("GET /models/{id}", client => client.Catalog.GetModelAsync(Id)),
        new("GET /providers", client => client.Catalog.ListProvidersAsync()),
        new("GET /providers/{provider}", client => client.Catalog.GetProviderAsync(Id)),
    ];

    private static MultimodalImageGenerationRequest ImageRequest => new() { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox." }] };
}
