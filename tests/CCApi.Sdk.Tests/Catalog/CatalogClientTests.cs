using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class CatalogClientTests
{
    private const string Base = "https://gateway.test/v1/";

    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task ListModelsAsync_OfNoQuery_AsksForAll()
    {
        _gateway.Respond(200, Example.Load("ModelListResponse.full.json").Documents[0].Json);

        var response = await Catalog.ListModelsAsync();

        Assert.Equal($"GET {Base}models", Asked(0));
        Assert.NotEmpty(response.Data!);
        Assert.NotNull(response.Info);
    }

    [Fact]
    public async Task ListModelsAsync_OfAQuery_SendsWhatIsSet()
    {
        _gateway.Respond(200, """{"data":[]}""").Respond(200, """{"data":[]}""");

        await Catalog.ListModelsAsync(new ModelListQuery { Provider = "open ai", Type = "text", Sort = "name", Order = "asc", Limit = 5, Offset = 0 });
        await Catalog.ListModelsAsync(new ModelListQuery { Type = "image" });

        Assert.Equal($"GET {Base}models?provider=open%20ai&type=text&sort=name&order=asc&limit=5&offset=0", Asked(0));
        Assert.Equal($"GET {Base}models?type=image", Asked(1));
    }

    [Theory]
    [InlineData("""{"object":"list","data":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""[{"id":"a"},{"id":"b"}]""")]
    [InlineData("""{"models":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"models":[{"name":"a"},{"model":"b"}]}""")]
    [InlineData("""{"result":[{"id":"a"},{"id":"b"}],"success":true}""")]
    [InlineData("""{"data":[{"id":"a"},{"id":"b"}],"success":true,"has_more":false}""")]
    public async Task ListModelsAsync_OfAnyWrapping_IsTheModels(string body)
    {
        _gateway.Respond(200, body);

        var response = await Catalog.ListModelsAsync();

        Assert.Equal(["a", "b"], response.Data!.Select(model => model.Id));
    }

    [Fact]
    public async Task ListModelsAsync_OfAHiddenFailure_Throws()
    {
        _gateway.Respond(200, """{"success":false,"message":"no"}""");

        var exception = await Assert.ThrowsAsync<CCApiException>(() => Catalog.ListModelsAsync());

        Assert.Equal("GET /models failed: 200: no", exception.Message);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, null)]
    [InlineData(null, -1)]
    public async Task Query_OutOfRange_ThrowsBeforeAnythingIsSent(int? limit, int? offset)
    {
        var query = new ModelListQuery { Limit = limit, Offset = offset };

        var list = await Assert.ThrowsAsync<ArgumentException>(() => Catalog.ListModelsAsync(query));
        var enumerate = Assert.Throws<ArgumentException>(() => Catalog.EnumerateModelsAsync(query));

        Assert.Equal("query", list.ParamName);
        Assert.Equal("query", enumerate.ParamName);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task EnumerateModelsAsync_UntilItIsRead_SendsNothing()
    {
        var models = Catalog.EnumerateModelsAsync();
        Assert.Empty(_gateway.Sent);

        _gateway.Respond(200, "[]");
        await Read(models);

        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAGatewayThatPages_AsksUntilAPageIsEmpty()
    {
        Serve(total: 250, cap: int.MaxValue);

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal(Ids(0, 250), ids);
        Assert.Equal([(100, 0), (100, 100), (100, 200), (100, 250)], Pages());
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAGatewayThatCapsPages_GetsThemAll()
    {
        Serve(total: 70, cap: 30);

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal(Ids(0, 70), ids);
        Assert.Equal([(100, 0), (100, 30), (100, 60), (100, 70)], Pages());
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfALimitAndAnOffset_PagesFromThere()
    {
        Serve(total: 10, cap: int.MaxValue);

        var ids = await Read(Catalog.EnumerateModelsAsync(new ModelListQuery { Provider = "p", Type = "t", Sort = "s", Order = "o", Limit = 4, Offset = 3 }));

        Assert.Equal(Ids(3, 7), ids);
        Assert.Equal($"GET {Base}models?provider=p&type=t&sort=s&order=o&limit=4&offset=3", Asked(0));
        Assert.Equal([(4, 3), (4, 7), (4, 10)], Pages());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(300)]
    public async Task EnumerateModelsAsync_OfAGatewayThatDoesNotPage_GivesEachModelOnce(int total)
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, Page(0, total, ""));

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal(Ids(0, total), ids);
        Assert.InRange(_gateway.Sent.Count, 1, 2);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAGatewayThatDoesNotPageOrSort_EndsAndGivesEachModelOnce()
    {
        var turn = 0;
        _gateway.Otherwise = _ => FakeGateway.Json(200, turn++ % 2 == 0 ? """[{"id":"a"},{"id":"b"}]""" : """[{"id":"b"},{"id":"a"}]""");

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal(["a", "b"], ids);
        Assert.Equal(2, _gateway.Sent.Count);
    }

    [Theory]
    [InlineData(null, 1000)]
    [InlineData(3, 3)]
    public async Task EnumerateModelsAsync_OfPagesThatAlwaysBringNewModels_EndsWithTheLimit(int? maxPages, int pages)
    {
        Serve(total: int.MaxValue, cap: 1);
        var query = maxPages is { } most ? new ModelListQuery { MaxPages = most } : null;

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => Read(Catalog.EnumerateModelsAsync(query)));

        Assert.Equal(pages, _gateway.Sent.Count);
        Assert.Equal(
            FormattableString.Invariant($"The gateway has more than {pages} pages of models, or repeats none of them. Raise ModelListQuery.MaxPages or its Limit if that is right."),
            exception.Message);
    }

    [Fact]
    public async Task EnumerateModelsAsync_FromTheLargestOffset_EndsWithItsPage()
    {
        _gateway.Respond(200, """{"data":[{"id":"a"},{"id":"b"}]}""");

        var ids = await Read(Catalog.EnumerateModelsAsync(new ModelListQuery { Limit = 2, Offset = int.MaxValue - 1 }));

        Assert.Equal(["a", "b"], ids);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAsManyPagesAsAllowed_GetsThemAll()
    {
        Serve(total: 70, cap: 30);

        var ids = await Read(Catalog.EnumerateModelsAsync(new ModelListQuery { MaxPages = 4 }));

        Assert.Equal(Ids(0, 70), ids);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfArgumentsThatAreChangedMeanwhile_KeepsThoseItBeganWith()
    {
        Serve(total: 2, cap: 1);
        var query = new ModelListQuery { Provider = "p" };
        var options = new CCApiRequestOptions { ApiKey = "sk-of-a-tenant" };

        var models = Catalog.EnumerateModelsAsync(query, options);
        (query.Provider, options.ApiKey) = ("q", "sk-changed");
        await Read(models);

        Assert.All(_gateway.Sent, sent => Assert.Equal("Bearer sk-of-a-tenant", sent.Headers["Authorization"]));
        Assert.StartsWith($"GET {Base}models?provider=p&", Asked(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfModelsWithoutIds_Ends()
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, """[{"object":"model"},{"object":"model"}]""");

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal([null, null], ids);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAListThatMovesMeanwhile_GivesEachModelOnce()
    {
        _gateway.Respond(200, """[{"id":"a"},{"id":"b"}]""").Respond(200, """[{"id":"b"},{"id":"c"}]""").Respond(200, "[]");

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal(["a", "b", "c"], ids);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAListWithNulls_LeavesThemOut()
    {
        _gateway.Respond(200, """{"data":[null,{"id":"a"},1,"x",[],true],"has_more":false}""");

        Assert.Equal(["a"], await Read(Catalog.EnumerateModelsAsync()));
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAFakeWithNulls_LeavesThemOut()
    {
        var fake = new FakeList(new ModelListResponse { Data = [null!, new ModelSummary { Id = "a" }] });

        Assert.Equal(["a"], await Read(fake.EnumerateModelsAsync()));
        Assert.Equal(["a"], (await fake.GetCatalogAsync()).Models.Select(model => model.Id));
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAPageThatMovedWhole_ReadsThePagesAfterIt()
    {
        _gateway.Respond(200, Page(0, 2, "\"total\":4")).Respond(200, Page(0, 2, "\"total\":6")).Respond(200, Page(2, 2, "\"total\":6"));

        Assert.Equal(Ids(0, 4), await Read(Catalog.EnumerateModelsAsync(new ModelListQuery { Limit = 2 })));
        Assert.Equal([(2, 0), (2, 2), (2, 4)], Pages());
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfAGatewayThatPromisesMoreForEver_Ends()
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, Page(0, 2, "\"has_more\":true,\"next_cursor\":\"again\""));

        Assert.Equal(Ids(0, 2), await Read(Catalog.EnumerateModelsAsync(new ModelListQuery { Limit = 2 })));
        Assert.Equal(3, _gateway.Sent.Count);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfATotalOfThePageAlone_ReadsThePagesThatFollow()
    {
        _gateway.Respond(200, Page(0, 2, "\"has_more\":true,\"total\":2")).Respond(200, Page(2, 2, "\"has_more\":false,\"total\":2"));

        Assert.Equal(Ids(0, 4), await Read(Catalog.EnumerateModelsAsync(new ModelListQuery { Limit = 2 })));
    }

    [Theory]
    [InlineData("\"has_more\":false")]
    [InlineData("\"total\":2")]
    [InlineData("\"total_count\":\"2\"")]
    public async Task EnumerateModelsAsync_OfAPageThatSaysItIsTheLast_AsksNoMore(string last)
    {
        _gateway.Respond(200, Page(0, 2, last));

        var ids = await Read(Catalog.EnumerateModelsAsync());

        Assert.Equal(Ids(0, 2), ids);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfALoopThatIsLeft_AsksNoMore()
    {
        Serve(total: 250, cap: int.MaxValue);

        await foreach (var model in Catalog.EnumerateModelsAsync())
        {
            if (model.Id == "m99")
            {
                break;
            }
        }

        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task EnumerateModelsAsync_Canceled_BetweenPages_Ends()
    {
        using var source = new CancellationTokenSource();
        Serve(total: 250, cap: int.MaxValue);
        var seen = 0;

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var model in Catalog.EnumerateModelsAsync(cancellationToken: source.Token))
            {
                if (++seen == 100)
                {
                    source.Cancel();
                }
            }
        });

        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal(100, seen);
        Assert.Single(_gateway.Sent);
    }

    [Fact]
    public async Task EnumerateModelsAsync_OfOptions_SendsThemWithEachPage()
    {
        Serve(total: 150, cap: int.MaxValue);

        await Read(Catalog.EnumerateModelsAsync(options: new CCApiRequestOptions { Headers = { ["X-Team"] = "a" } }));

        Assert.All(_gateway.Sent, sent => Assert.Equal("a", sent.Header("X-Team")));
    }

    [Fact]
    public async Task GetModelAsync_OfAnIdWithASlash_SendsExactlyThis()
    {
        _gateway.Respond(200, Example.Load("ModelSummary.full.json").Documents[0].Json, "x-request-id: req-1");

        var model = await Catalog.GetModelAsync("openai/gpt-4o-mini");

        Assert.Equal(
            $"GET {Base}models/openai%2Fgpt-4o-mini\nAccept: application/json\nAuthorization: Bearer {FakeGateway.Key}\nUser-Agent: {ProductName.Value}", _gateway.Sent[0].ToString());
        Assert.Equal(("openai/gpt-4o-mini", 128_000, "req-1"), (model.Id, model.Ccapi!.Capabilities!.ContextLength, model.Info!.RequestId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task GetModelAsync_WithoutAnId_ThrowsArgumentException(string? id)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => Catalog.GetModelAsync(id!));

        Assert.Equal("id", exception.ParamName);
        Assert.Empty(_gateway.Sent);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task GetModelAsync_OfAnUnknownModel_IsModelUnavailable(int status)
    {
        _gateway.Respond(status, """{"error":{"message":"No such model.","type":"invalid_request_error","code":"model_not_found"}}""");
        using var client = _gateway.Client(options => options.Retry.MaxRetries = 0);

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => client.Catalog.GetModelAsync("nothing"));

        Assert.Equal(("No such model.", status), (exception.GatewayMessage, (int)exception.StatusCode!));
    }

    [Fact]
    public async Task ListProvidersAsync_SendsExactlyThis()
    {
        _gateway.Respond(200, Example.Load("ProviderListResponse.full.json").Documents[0].Json);

        var response = await Catalog.ListProvidersAsync();

        Assert.Equal(
            $"GET {Base}providers\nAccept: application/json\nAuthorization: Bearer {FakeGateway.Key}\nUser-Agent: {ProductName.Value}", _gateway.Sent[0].ToString());
        Assert.NotEmpty(response.Data!);
    }

    [Theory]
    [InlineData("openai", "openai")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("../models", "..%2Fmodels")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("open ai", "open%20ai")]
    [InlineData("智谱", "%E6%99%BA%E8%B0%B1")]
    [InlineData("100%", "100%25")]
#if !NETFRAMEWORK
    [InlineData("..", "%2E%2E")]
#endif
    public async Task GetProviderAsync_OfAnyName_StaysOnePath(string provider, string expected)
    {
        _gateway.Respond(200, Example.Load("ProviderDetailResponse.full.json").Documents[0].Json);

        var response = await Catalog.GetProviderAsync(provider);

        Assert.Equal($"GET {Base}providers/{expected}", Asked(0));
        Assert.NotNull(response.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task GetProviderAsync_WithoutAName_Throws(string? provider)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => Catalog.GetProviderAsync(provider!));

        Assert.Equal("provider", exception.ParamName);
        Assert.Empty(_gateway.Sent);
    }

    [Fact]
    public async Task GetProviderAsync_OfAnUnknownName_IsNotFound()
    {
        _gateway.Respond(404, Example.Load("ErrorResponse.not_found.json").Documents[0].Json);

        var exception = await Assert.ThrowsAsync<CCApiNotFoundException>(() => Catalog.GetProviderAsync("nobody"));

        Assert.Equal("GET /providers/nobody failed: 404 (not_found): There is nothing of this name.", exception.Message);
    }

    [Fact]
    public async Task EveryMethod_OfAFakeThatDoesNotOverrideIt_SaysSo()
    {
        var fake = new Fake();

        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.ListModelsAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Read(fake.EnumerateModelsAsync()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.ListProvidersAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.GetModelAsync("openai/gpt-4o-mini"));
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => fake.GetProviderAsync("openai"));

        Assert.Equal("This is a fake: override the method that was called.", exception.Message);
    }

    private CatalogClient Catalog => _gateway.Client().Catalog;

    private static async Task<List<string?>> Read(IAsyncEnumerable<ModelSummary> models)
    {
        var ids = new List<string?>();
        await foreach (var model in models)
        {
            ids.Add(model.Id);
        }

        return ids;
    }

    private static IEnumerable<string> Ids(int start, int count) => Enumerable.Range(start, count).Select(i => $"m{i}");

    private static string Page(int start, int count, string more) =>
        $"{{\"data\":[{string.Join(",", Ids(start, count).Select(id => $"{{\"id\":\"{id}\"}}"))}]{(more.Length == 0 ? "" : $",{more}")}}}";

    /// <summary>A gateway with that many models, which gives at most <paramref name="cap"/> at once.</summary>
    private void Serve(int total, int cap) => _gateway.Otherwise = sent =>
    {
        var (limit, offset) = PageOf(sent);
        return FakeGateway.Json(200, Page(offset, Math.Max(0, Math.Min(Math.Min(limit, cap), total - offset)), ""));
    };

    private string Asked(int call) => $"{_gateway.Sent[call].Method} {_gateway.Sent[call].Uri}";

    private IEnumerable<(int Limit, int Offset)> Pages() => _gateway.Sent.Select(PageOf);

    private static (int Limit, int Offset) PageOf(Sent sent)
    {
        var query = sent.Uri.Split('?')[1].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return (int.Parse(query["limit"], System.Globalization.CultureInfo.InvariantCulture), int.Parse(query["offset"], System.Globalization.CultureInfo.InvariantCulture));
    }

    private sealed class Fake : CatalogClient;

    private sealed class FakeList(ModelListResponse page) : CatalogClient
    {
        public override Task<ModelListResponse> ListModelsAsync(
            ModelListQuery? query = null, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(page);
    }
}
