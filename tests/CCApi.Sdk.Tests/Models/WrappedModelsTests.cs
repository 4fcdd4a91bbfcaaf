using System.Linq;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class WrappedModelsTests
{
    [Theory]
    [InlineData("""{"data":{"a":{"context_length":5},"b":{}}}""")]
    [InlineData("""{"models":{"a":{"name":"A model"},"b":{"id":"b"},"c":null}}""")]
    [InlineData("""{"result":{"x":{"id":"a"},"b":{"id":""}},"success":true}""")]
    [InlineData("""{"data":{"data":[{"id":"a"},{"id":"b"}]}}""")]
    [InlineData("""{"data":{"models":[{"id":"a"},{"id":"b"}],"total":2}}""")]
    [InlineData("""{"success":true,"data":{"list":[{"id":"a"},{"id":"b"}],"total":1}}""")]
    [InlineData("""{"result":{"data":{"items":[{"id":"a"},{"id":"b"}]}}}""")]
    [InlineData("""{"data":{"models":{"a":{},"b":{}}}}""")]
    [InlineData("""{"items":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"results":[{"id":"a"},{"id":"b"}]}""")]
    [InlineData("""{"data":null,"models":{"a":{},"b":{}}}""")]
    [InlineData("""{"data":{"\u0061":{},"b":{}}}""")]
    public void Data_OfAnObject_IsTheModels(string json) => Assert.Equal(["a", "b"], Wire.Read<ModelListResponse>(json).Data!.Select(model => model.Id));

    [Theory]
    [InlineData("""{"error":{"message":"no"}}""")]
    [InlineData("""{"data":{"error":{"message":"no"}}}""")]
    [InlineData("""{"data":{"a":1}}""")]
    [InlineData("""{"data":{"a":{},"total":1}}""")]
    [InlineData("""{"data":{"data":{"data":{"data":{"data":[{"id":"a"}]}}}}}""")]
    [InlineData("""{"data":{"\ud800":1}}""")]
    [InlineData("""{"a":{"id":"a"}}""")]
    public void Data_OfSomethingElse_IsNull(string json) => Assert.Null(Wire.Read<ModelListResponse>(json).Data);

    [Fact]
    public void Data_OfAnObject_LeavesWhatStandsBesideIt()
    {
        var list = Wire.Read<ModelListResponse>("""{"success":true,"data":{"list":[{"id":"a"}],"total":7,"success":false}}""");

        Assert.Equal("""{"data":[{"id":"a"}],"success":true,"total":7}""", Wire.Write(list));
    }
}
