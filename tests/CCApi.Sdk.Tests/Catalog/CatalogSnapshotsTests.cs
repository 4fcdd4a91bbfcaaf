using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

/// <summary><see cref="CatalogClient.GetCatalogAsync"/> over the pipeline.</summary>
public sealed class CatalogSnapshotsTests : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly CCApiClient _client;

    public CatalogSnapshotsTests() => _client = _gateway.Client(options => options.Retry.MaxRetries = 0);

    public void Dispose() => _client.Dispose();

    // The shapes that gateways send (observed).
    [Theory]
    [InlineData("""{"object":"list","data":[{"id":"acme/one"},{"id":"acme/two"}]}""")]
    [InlineData("""[{"id":"acme/one"},{"id":"acme/two"}]""")]
    [InlineData("""{"models":[{"name":"acme/one"},{"model":"acme/two"}]}""")]
    [InlineData("""{"result":[{"id":"acme/one"},{"id":"acme/two"}],"success":true}""")]
    [InlineData("""{"success":true,"data":[{"id":"acme/one","object":"model","created":1626777600,"owned_by":"x","supported_endpoint_types":["openai"]},{"id":"acme/two"}],"object":"list"}""")]
    [InlineData("""{"data":[{"id":"acme/one"},null,7,{"object":"model"},{"id":"acme/two"}],"has_more":false}""")]
    public async Task GetCatalogAsync_OfAnyWrapping_HasTheModels(string body)
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, body);

        var catalog = await _client.Catalog.GetCatalogAsync();

        Assert.Equal(["acme/one", "acme/two"], catalog.Models.Select(model => model.Id));
        Assert.Equal(FakeGateway.Options().TimeProvider.GetUtcNow(), catalog.RetrievedAt);
    }

    /// <summary>
    /// The forms of lists that gateways of the family send: that of the contract, one with an architecture, one of flat members,
    /// a bare array with capabilities, and one of ratios. Each has the same four models.
    /// </summary>
    public static TheoryData<string, string> Shapes => new()
    {
        {
            "contract",
            """
            {"object":"list","data":[
            {"id":"a/dear","object":"model","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":200000,"function_calling":true},"pricing":{"unit":"1M tokens","currency":"USD","input":4,"output":16}}},
            {"id":"a/cheap","object":"model","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":100000,"function_calling":true},"pricing":{"unit":"1M tokens","currency":"USD","input":1,"output":2}}},
            {"id":"b/small","object":"model","ccapi":{"type":"text","input_modalities":["text","image"],"capabilities":{"context_length":8000,"function_calling":true},"pricing":{"unit":"1M tokens","currency":"USD","input":0.1,"output":0.1}}},
            {"id":"b/bare","object":"model"}]}
            """
        },
        {
            "architecture",
            """
            {"data":[
            {"id":"a/dear","context_length":200000,"architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},"supported_parameters":["max_tokens","tools"],"pricing":{"prompt":"0.000004","completion":"0.000016"}},
            {"id":"a/cheap","context_length":100000,"architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},"supported_parameters":["tools"],"pricing":{"prompt":"0.000001","completion":"0.000002"}},
            {"id":"b/small","context_length":8000,"architecture":{"input_modalities":["text","image"],"output_modalities":["text"]},"supported_parameters":["tools"],"pricing":{"prompt":"0.0000001","completion":"0.0000001"}},
            {"id":"b/bare","pricing":{"prompt":"-1","completion":"-1"}}]}
            """
        },
        {
            "flat",
            """
            {"success":true,"result":[
            {"id":"a/dear","context_window":"200000","input_modalities":["text","image"],"supported_features":["tools"],"input_cost_per_token":4e-6,"output_cost_per_token":1.6e-5},
            {"id":"a/cheap","context_window":"100000","input_modalities":["text","image"],"supported_features":["tools"],"input_cost_per_token":1e-6,"output_cost_per_token":2e-6},
            {"id":"b/small","context_window":"8000","input_modalities":["text","image"],"supported_features":["tools"],"input_cost_per_token":1e-7,"output_cost_per_token":1e-7},
            null,{"id":"b/bare"}]}
            """
        },
        {
            "array",
            """
            [{"id":"a/dear","type":"language","max_context_length":200000,"capabilities":{"vision":true,"tools":true},"pricing":{"input":"$4 / 1M tokens","output":"$16 / 1M tokens"}},
            {"id":"a/cheap","type":"language","max_context_length":100000,"capabilities":{"vision":true,"tools":true},"pricing":{"input":"$1 / 1M tokens","output":"$2 / 1M tokens"}},
            {"id":"b/small","type":"language","max_context_length":8000,"capabilities":{"vision":true,"tools":true},"pricing":{"input":"$0.1 / 1M tokens","output":"$0.1 / 1M tokens"}},
            {"id":"b/bare"}]
            """
        },
        {
            "ratios",
            """
            {"models":[
            {"name":"a/dear","max_model_len":200000,"architecture":{"input_modalities":["text","image"]},"capabilities":{"function_calling":true},"quota_type":0,"model_ratio":2,"completion_ratio":4},
            {"name":"a/cheap","max_model_len":100000,"architecture":{"input_modalities":["text","image"]},"capabilities":{"function_calling":true},"quota_type":0,"model_ratio":0.5,"completion_ratio":2},
            {"name":"b/small","max_model_len":8000,"architecture":{"input_modalities":["text","image"]},"capabilities":{"function_calling":true},"quota_type":0,"model_ratio":0.05,"completion_ratio":1},
            {"name":"b/bare"}]}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Find_OverAListOfAnyForm_FindsTheSameModels(string form, string body)
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, body);
        var catalog = await _client.Catalog.GetCatalogAsync();

        var found = catalog.Find(q => q.Input(Modality.Image).MinContext(100_000).WithTools().CheapestFor(promptTokens: 2000, completionTokens: 500));

        Assert.True(catalog.Models.Count == 4, form);
        Assert.Equal(["a/cheap", "a/dear"], found.Select(model => model.Id));
        Assert.Equal([0.003m, 0.016m], found.Select(model => model.Price.Quote(PricedUsage.ForTokens(2000, 500)).Amount!.Value));
        Assert.Equal("a/cheap", catalog.Find("CHEAP")?.Id);
    }

    [Fact]
    public async Task GetCatalogAsync_OfPages_RequestsEachOnce()
    {
        ServePages(250);

        var first = await _client.Catalog.GetCatalogAsync();
        var second = await _client.Catalog.GetCatalogAsync(new ModelCatalogOptions { MaxAge = TimeSpan.FromDays(1) });

        Assert.Equal(250, first.Models.Count);
        Assert.Same(first, second);
        Assert.Equal(4, _gateway.Sent.Count);
        Assert.EndsWith("/models?limit=100&offset=0", _gateway.Sent[0].Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCatalogAsync_OfOptions_PagesAndReadsByThem()
    {
        _gateway.Otherwise = _ => FakeGateway.Json(200, """{"data":[{"id":"a","pricing":{"input":1,"output":2}}],"has_more":false}""");
        var options = new ModelCatalogOptions { PageSize = 7, Prices = { UnstatedTokens = 1_000_000, Currency = "EUR" } };

        var catalog = await _client.Catalog.GetCatalogAsync(options);

        Assert.EndsWith("/models?limit=7&offset=0", _gateway.Sent[0].Uri, StringComparison.Ordinal);
        Assert.Equal("Input 1 EUR per 1M tokens, Output 2 EUR per 1M tokens", catalog.Models[0].Price.ToString());
    }

    [Fact]
    public async Task GetCatalogAsync_OfAnotherKeyOfTheProvider_IsAnotherCatalog()
    {
        var key = "sk-tenant-a";
        var gateway = OfTenants();
        using var client = gateway.Client(options => options.ApiKeyProvider = _ => new(key));

        var ofA = await client.Catalog.GetCatalogAsync();
        key = "sk-tenant-b";
        var ofB = await client.Catalog.GetCatalogAsync();
        key = "sk-tenant-a";
        var again = await client.Catalog.GetCatalogAsync();

        Assert.Equal("Bearer sk-tenant-a", Assert.Single(ofA.Models).Id);
        Assert.Equal("Bearer sk-tenant-b", ofB.Models[0].Id);
        Assert.Same(ofA, again);
    }

    [Fact]
    public async Task GetCatalogAsync_OfOtherHeaders_IsAnotherCatalog()
    {
        var gateway = OfTenants();
        using var client = gateway.Client();

        var ofA = await client.Catalog.GetCatalogAsync(options: new CCApiRequestOptions { Headers = { ["X-Tenant"] = "A" } });
        var ofB = await client.Catalog.GetCatalogAsync(options: new CCApiRequestOptions { Headers = { ["X-Tenant"] = "B" } });
        var again = await client.Catalog.GetCatalogAsync(options: new CCApiRequestOptions { Headers = { ["x-tenant"] = "A" } });

        Assert.NotSame(ofA, ofB);
        Assert.Same(ofA, again);
        Assert.Equal(["A", "B"], gateway.Sent.Select(sent => sent.Header("X-Tenant")));
    }

    [Fact]
    public async Task GetCatalogAsync_OfAFirstCallerWithLittleTime_FailsForNobodyElse()
    {
        var clock = new TestClock();
        var response = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var gateway = new FakeGateway().RespondLater((_, _) => response.Task);
        using var client = gateway.Client(options => options.TimeProvider = clock);

        var first = client.Catalog.GetCatalogAsync(options: new CCApiRequestOptions { Total = TimeSpan.FromSeconds(0.2), MaxRetries = 0 });
        await gateway.Received(1);
        var second = client.Catalog.GetCatalogAsync();
        clock.Advance(TimeSpan.FromSeconds(0.2));
        var exception = await Assert.ThrowsAsync<CCApiTimeoutException>(() => Patience.Wait(first));
        response.SetResult(FakeGateway.Json(200, """{"data":[{"id":"m"}],"has_more":false}"""));
        var catalog = await Patience.Wait(second);

        Assert.Equal((CCApiTimeoutKind.Total, TimeSpan.FromSeconds(0.2)), (exception.Kind, exception.Elapsed));
        Assert.Contains("because this caller waited for the retrieval of the catalog that all callers share", exception.Message, StringComparison.Ordinal);
        Assert.Equal("m", Assert.Single(catalog.Models).Id);
        Assert.Single(gateway.Sent);
    }

    /// <summary>A gateway whose only model shows the key.</summary>
    private static FakeGateway OfTenants() => new()
    {
        Otherwise = sent => FakeGateway.Json(200, $$"""{"data":[{"id":"{{sent.Header("Authorization")}}"}],"has_more":false}"""),
    };

    [Fact]
    public async Task GetCatalogAsync_OfAnotherKey_IsAnotherCatalog()
    {
        _gateway.Otherwise = sent => FakeGateway.Json(200, $$"""{"data":[{"id":"{{sent.Headers["Authorization"].Replace("Bearer ", "")}}"}],"has_more":false}""");

        var own = await _client.Catalog.GetCatalogAsync();
        var other = await _client.Catalog.GetCatalogAsync(options: new CCApiRequestOptions { ApiKey = "sk-of-a-tenant" });

        Assert.Equal(FakeGateway.Key, own.Models[0].Id);
        Assert.Equal("sk-of-a-tenant", other.Models[0].Id);
    }

    [Fact]
    public async Task GetCatalogAsync_OfAPageThatFails_FailsAsAWhole()
    {
        _gateway.Respond(200, """[{"id":"a"},{"id":"b"}]""").Respond(500, """{"error":{"message":"no"}}""");

        await Assert.ThrowsAsync<CCApiServerException>(() => _client.Catalog.GetCatalogAsync(new ModelCatalogOptions { PageSize = 2 }));
    }

    [Fact]
    public async Task GetCatalogAsync_OfMoreModelsThanAllowed_SaysTheOption()
    {
        ServePages(int.MaxValue);

        var exception = await Assert.ThrowsAsync<CCApiProtocolException>(() => _client.Catalog.GetCatalogAsync(new ModelCatalogOptions { MaxModels = 1000 }));

        Assert.Equal("The gateway lists more than 1000 models. Raise ModelCatalogOptions.MaxModels if that is right.", exception.Message);
        Assert.Equal(11, _gateway.Sent.Count);
    }

    [Fact]
    public async Task GetCatalogAsync_OfABodyBeyondTheLimit_Fails()
    {
        using var client = _gateway.Client(options => options.MaxResponseBytes = 1000);
        _gateway.Respond(200, $$"""{"data":[{"id":"{{new string('a', 2000)}}"}]}""");

        await Assert.ThrowsAsync<CCApiProtocolException>(() => client.Catalog.GetCatalogAsync());
    }

    [Fact]
    public async Task GetCatalogAsync_OfAHiddenFailure_Throws()
    {
        _gateway.Respond(200, """{"success":false,"message":"no"}""");

        await Assert.ThrowsAsync<CCApiException>(() => _client.Catalog.GetCatalogAsync());
    }

    [Fact]
    public async Task GetCatalogAsync_OfAnEmptyList_IsEmpty()
    {
        _gateway.Respond(200, """{"object":"list","data":[]}""");

        Assert.Empty((await _client.Catalog.GetCatalogAsync()).Models);
    }

    [Fact]
    public async Task GetCatalogAsync_BeforeAnUnknownModel_ExplainsIt()
    {
        _gateway.Respond(200, """{"data":[{"id":"openai/gpt-4o-mini"}],"has_more":false}""")
            .Respond(404, """{"error":{"message":"no","code":"model_not_found"}}""");
        await _client.Catalog.GetCatalogAsync();

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => _client.Chat.CompleteAsync("openai/gpt-4o-mni", "Hello"));

        Assert.Contains("openai/gpt-4o-mini", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCatalogAsync_WithAnInitialCatalog_ExplainsUnknownModelsToo()
    {
        _gateway.Respond(404, """{"error":{"message":"no","code":"model_not_found"}}""");
        var saved = ModelCatalog.FromModels([new ModelSummary { Id = "openai/gpt-4o-mini" }], FakeGateway.Options().TimeProvider.GetUtcNow());
        await _client.Catalog.GetCatalogAsync(new ModelCatalogOptions { Initial = saved });

        var exception = await Assert.ThrowsAsync<CCApiModelUnavailableException>(() => _client.Chat.CompleteAsync("openai/gpt-4o-mni", "Hello"));

        Assert.Contains("openai/gpt-4o-mini", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCatalogAsync_OfAFake_CallsItsList()
    {
        var catalog = await new FakeCatalog().GetCatalogAsync();

        Assert.Equal(["fake/one"], catalog.Models.Select(model => model.Id));
    }

    [Fact]
    public async Task GetCatalogAsync_OfADisposedClient_Throws()
    {
        _client.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => _client.Catalog.GetCatalogAsync());
    }

    private void ServePages(int total) => _gateway.Otherwise = sent =>
    {
        var query = new Uri(sent.Uri).Query.TrimStart('?').Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture));
        var count = Math.Min(query["limit"], total - query["offset"]);
        return FakeGateway.Json(200, $"[{string.Join(",", Enumerable.Range(query["offset"], count).Select(i => $$"""{"id":"m{{i}}"}"""))}]");
    };

    private sealed class FakeCatalog : CatalogClient
    {
        public override Task<ModelListResponse> ListModelsAsync(ModelListQuery? query = null, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ModelListResponse { Data = [new ModelSummary { Id = "fake/one" }] });
    }
}
