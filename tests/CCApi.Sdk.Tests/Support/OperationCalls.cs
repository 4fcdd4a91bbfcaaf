using System.Collections.Generic;
using CCApi.Sdk.Models;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Calls of every operation. Tests that hold for all operations enumerate this list, which a test compares with the contract.</summary>
internal static class OperationCalls
{
    private const string Id = OperationCall.Id;

    public static IReadOnlyList<OperationCall> All { get; } =
    [
        new("POST /chat/completions", (client, token) => client.Chat.CompleteAsync("m", "Hi", cancellationToken: token)),
        new("POST /chat/completions", (client, token) => client.Chat.StreamAsync("m", "Hi").GetResponseAsync(cancellationToken: token)) { IsStream = true },
        new("POST /audio/speech", (client, token) => client.Audio.CreateSpeechAsync("m", "Hi", "v", cancellationToken: token)),
        new("POST /images/generations", (client, token) => client.Images.GenerateAsync("m", "A fox.", cancellationToken: token)),
        new("POST /images/generate", (client, token) => client.Images.StartAsync(ImageRequest, cancellationToken: token)),
        new("GET /images/jobs/{id}", (client, token) => client.Images.GetJobAsync(Id, cancellationToken: token)),
        new("GET /models", (client, token) => client.Catalog.ListModelsAsync(cancellationToken: token)),
        new("GET /models/{id}", (client, token) => client.Catalog.GetModelAsync(Id, cancellationToken: token)),
        new("GET /providers", (client, token) => client.Catalog.ListProvidersAsync(cancellationToken: token)),
        new("GET /providers/{provider}", (client, token) => client.Catalog.GetProviderAsync(Id, cancellationToken: token)),
    ];

    private static MultimodalImageGenerationRequest ImageRequest => new() { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox." }] };
}
