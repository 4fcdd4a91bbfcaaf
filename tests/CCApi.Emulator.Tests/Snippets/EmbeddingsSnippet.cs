using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

public class EmbeddingsSnippet
{
    [Fact]
    public async Task Embeddings_Run()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        using var client = emulator.CreateClient();
        emulator.Script.When("POST", "/embeddings").ReplyJson("""{"data":[{"embedding":[0.1,0.2]}]}""");

        #region README
        var request = new EmbeddingRequest("openai/text-embedding-3-small", "The blue whale.");
        var response = await client.SendAsync(
            HttpMethod.Post, "embeddings", request, EmbeddingJson.Default.EmbeddingRequest, EmbeddingJson.Default.EmbeddingResponse);
        var vector = response.Data[0].Embedding;
        #endregion

        Assert.Equal([0.1f, 0.2f], vector);
        emulator.Requests[^1].AssertJson("""{"model":"openai/text-embedding-3-small","input":"The blue whale."}""");
    }
}

#region README
internal sealed record EmbeddingRequest(string Model, string Input);

internal sealed record Embedded(float[] Embedding);

internal sealed record EmbeddingResponse(Embedded[] Data);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(EmbeddingRequest))]
[JsonSerializable(typeof(EmbeddingResponse))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;
#endregion
