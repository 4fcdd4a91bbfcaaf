using System;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelListQueryTests
{
    [Fact]
    public void ToQuery_OfNothing_IsEmpty()
    {
        Assert.Equal("", new ModelListQuery().ToQuery());
    }

    [Fact]
    public void ToQuery_OfEverything_IsEncodedInOrder()
    {
        var query = new ModelListQuery { Offset = 20, Limit = 10, Order = "desc", Sort = "a b", Type = "x&y", Provider = "智谱" };

        Assert.Equal("?provider=%E6%99%BA%E8%B0%B1&type=x%26y&sort=a%20b&order=desc&limit=10&offset=20", query.ToQuery());
    }

    [Fact]
    public void Page_OfAQuery_ChangesTheCopyOnly()
    {
        var query = new ModelListQuery { Provider = "p", Type = "t", Sort = "s", Order = "o" };

        var page = query.Page(7, 14);

        Assert.Equal("?provider=p&type=t&sort=s&order=o&limit=7&offset=14", page.ToQuery());
        Assert.Null(query.Limit);
        Assert.Null(query.Offset);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, 0)]
    [InlineData(1, -1)]
    public void Check_OutOfRange_SaysTheRange(int? limit, int? offset)
    {
        var exception = Assert.Throws<ArgumentException>(() => new ModelListQuery { Limit = limit, Offset = offset }.Check("query"));

        Assert.Equal("query", exception.ParamName);
        Assert.StartsWith("Limit must be 1 or more, and Offset 0 or more.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(1, 0)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Check_WithinTheRange_Passes(int? limit, int? offset)
    {
        Assert.Null(Record.Exception(() => new ModelListQuery { Limit = limit, Offset = offset }.Check("query")));
    }
}
