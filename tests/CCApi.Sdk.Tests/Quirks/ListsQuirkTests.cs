using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ListsQuirkTests
{
    private const string Two = """[{"id":"acme/one","object":"model"},{"id":"acme/two","object":"model"}]""";

    [Theory]
    [InlineData($$$"""{"object":"list","data":{{{Two}}}}""")]
    [InlineData(Two)]
    [InlineData($$$"""{"models":{{{Two}}}}""")]
    [InlineData($$$"""{"models":[{"id":"other"}],"data":{{{Two}}}}""")]
    [InlineData($$$"""{"data":{{{Two}}},"models":{{{Two}}}}""")]
    [InlineData($$$"""{"data":null,"models":{{{Two}}}}""")]
    [InlineData($$$"""{"result":{{{Two}}},"success":true,"errors":[],"messages":[]}""")]
    [InlineData($$$"""{"success":true,"data":{{{Two}}}}""")]
    [InlineData($$$"""{"code":0,"data":{"models":{{{Two}}},"total":2}}""")]
    [InlineData($$$"""{"result":{"data":{{{Two}}}}}""")]
    [InlineData("""{"data":{"1":{"id":"acme/one"},"4":{"id":"acme/two"}}}""")]
    public async Task Models_InAnyWrapping_AreThere(string body)
    {
        var list = await ListAsync(body);

        Assert.Equal(["acme/one", "acme/two"], list.Data!.Select(model => model.Id));
    }

    [Fact]
    public async Task Members_OfPaging_AreKept()
    {
        var body = $$$"""{"object":"list","data":{{{Two}}},"has_more":false,"first_id":"acme/one","last_id":"acme/two","total_count":2,"links":{"next":null}}""";

        var list = await ListAsync(body);

        Assert.Empty(JsonTree.Differences(body, Wire.Write(list)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"object":"list","data":[]}""")]
    [InlineData("""{"models":[]}""")]
    public async Task Models_OfAnEmptyList_AreNone(string body)
    {
        var list = await ListAsync(body);

        Assert.Empty(list.Data!);
    }

    [Theory]
    [InlineData("""{"id":"acme/one","name":"One","model":"one-2"}""", "acme/one")]
    [InlineData("""{"name":"acme/one"}""", "acme/one")]
    [InlineData("""{"id":"","name":"acme/one"}""", "acme/one")]
    [InlineData("""{"id":null,"name":"","model":"acme/one"}""", "acme/one")]
    [InlineData("""{"model":"acme/one","object":null,"owned_by":null,"created":null}""", "acme/one")]
    [InlineData("""{"id":7}""", "7")]
    public async Task Id_UnderAnyName_IsFilled(string item, string expected)
    {
        var list = await ListAsync($$$"""{"data":[{{{item}}}]}""");

        Assert.Equal(expected, Assert.Single(list.Data!).Id);
    }

    [Theory]
    [InlineData("1762165778")]
    [InlineData("1762165778.0")]
    [InlineData("\"1762165778\"")]
    [InlineData("1762165778000")]
    public async Task Created_OfAnyKind_IsTheDate(string created)
    {
        var list = await ListAsync($$$"""{"data":[{"id":"acme/one","created":{{{created}}} }]}""");

        Assert.Equal(new DateTimeOffset(2025, 11, 3, 10, 29, 38, TimeSpan.Zero), list.Data![0].CreatedAt);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("\"\"")]
    [InlineData("-62135596801")]
    [InlineData("9223372036854775807")]
    [InlineData("-9223372036854775808")]
    [InlineData("1e300")]
    public async Task Created_OfAnyNumber_NeverOverflows(string created)
    {
        var list = await ListAsync($$$"""{"data":[{"id":"acme/one","created":{{{created}}} }]}""");

        var exception = Record.Exception(() => list.Data![0].CreatedAt);

        Assert.Null(exception);
    }

    [Theory]
    [InlineData("""{"prompt":"0.00000015","completion":"0.0000006","request":"0"}""")]
    [InlineData("""{"input":0.15,"output":0.60,"hourly":0,"unit":"per_million"}""")]
    [InlineData("""{"text":{"input":{"usd":1.50}},"tiers":[{"from":0,"price":"1"}]}""")]
    [InlineData("\"free\"")]
    public async Task Pricing_OfAnyKind_IsKeptRaw(string pricing)
    {
        var list = await ListAsync($$$"""{"data":[{"id":"acme/one","pricing":{{{pricing}}} }]}""");

        Assert.Equal(pricing, list.Data![0].Pricing!.Value.GetRawText());
    }

    private static async Task<ModelListResponse> ListAsync(string body)
    {
        using var client = new FakeGateway().Respond(200, body).Client();
        return await client.Catalog.ListModelsAsync();
    }
}
