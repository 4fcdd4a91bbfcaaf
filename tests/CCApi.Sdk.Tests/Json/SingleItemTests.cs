using System.Linq;
using System.Text;
using System.Text.Json;
using CCApi.Sdk.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class SingleItemTests
{
    [Theory]
    [InlineData("{\"id\":\"a\",\"owned_by\":\"b\"}", "a")]
    [InlineData("{\"0\":{\"id\":\"a\"},\"2\":{\"id\":\"b\"}}", "a,b")]
    [InlineData("{}", "")]
    public void Read_OfAnObjectInPlaceOfAList_IsItsItems(string json, string expected)
    {
        var items = Reading.Value(json, (ref Utf8JsonReader reader) => JsonRead.List<ModelSummary>(ref reader, ModelSummary.ReadFrom));

        Assert.Equal(expected, string.Join(",", items!.Select(item => item.Id)));
    }

    [Theory]
    [InlineData("{\"error\":\"a\"}")]
    [InlineData("{\"0\":7}")]
    [InlineData("{\"0\":{\"id\":\"a\"},\"total\":1}")]
    public void Read_OfAnotherObject_IsNullAndLeavesTheReader(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();

        var items = JsonRead.List<ModelSummary>(ref reader, ModelSummary.ReadFrom);

        Assert.Null(items);
        Assert.Equal((JsonTokenType.StartObject, 0), (reader.TokenType, reader.TokenStartIndex));
    }
}
