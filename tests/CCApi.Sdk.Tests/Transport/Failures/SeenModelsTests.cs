using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class SeenModelsTests
{
    private const string NoModel = """{"error":{"message":"no such model","code":"model_not_found"}}""";

    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Message_OfAMistypedModel_SuggestsListedOnes()
    {
        _gateway.Respond(200, """{"data":[{"id":"openai/gpt-4o"},{"id":"openai/gpt-4o-mini"},{"id":"a/other"},null,{"id":null}]}""").Respond(404, NoModel);
        using var client = _gateway.Client();
        await client.Catalog.ListModelsAsync();

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => client.Chat.CompleteAsync("openai/gpt4o-mini", "Hi"));

        Assert.Equal(
            "POST /chat/completions failed: 404 (model_not_found): no such model. A similar model is openai/gpt-4o-mini. CatalogClient.ListModelsAsync lists the models that are served.",
            exception.Message);
    }

    [Fact]
    public async Task Message_AfterEnumeration_SuggestsSeveral()
    {
        _gateway.Respond(200, """{"data":[{"id":"m-10"},{"id":"m-11"}],"has_more":false}""").Respond(503, NoModel);
        using var client = _gateway.Client();
        await foreach (var _ in client.Catalog.EnumerateModelsAsync())
        {
            // All of them are seen.
        }

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(
            () => client.Images.StartAsync(new MultimodalImageGenerationRequest { Model = "m-12", Contents = [new MultimodalInputContent { Text = "a" }] }));

        Assert.Contains(" Similar models are m-10, m-11. CatalogClient", exception.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_WithoutAList_SuggestsNothing()
    {
        _gateway.Respond(404, NoModel);

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => _gateway.Client().Chat.CompleteAsync("m-1", "Hi"));

        Assert.Equal("POST /chat/completions failed: 404 (model_not_found): no such model. CatalogClient.ListModelsAsync lists the models that are served.", exception.Message);
    }

    [Fact]
    public void Near_OfTheModelItself_DoesNotSuggestIt()
    {
        var models = new SeenModels();
        models.Add(["gpt-4o"], id => id);

        Assert.Empty(models.Near("gpt-4o"));
        Assert.Equal(["gpt-4o"], models.Near("gpt-4p"));
    }

    [Fact]
    public void Add_OfEndlessLists_IsBounded()
    {
        var models = new SeenModels();
        models.Add([.. Enumerable.Range(0, 10_000)], number => $"first/{number}");

        models.Add(["second-model"], id => id);

        Assert.Empty(models.Near("second-modal"));
    }
}
