using System;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class IdsQuirkTests
{
    [Theory]
    [InlineData("\"other\":1", null, null)]
    [InlineData("\"id\":null,\"model\":null,\"object\":null,\"created\":null", null, null)]
    [InlineData("\"id\":\"\",\"model\":\"\",\"object\":\"\"", "", "")]
    [InlineData("\"id\":12,\"model\":3.5,\"object\":\"chat.completion\"", "12", "3.5")]
    [InlineData("\"id\":{\"a\":1},\"model\":[\"m\"]", null, null)]
    public async Task Id_AndModelOfAnyKind_AreTexts(string members, string? id, string? model)
    {
        var read = await BothWays.ReadAsync($$$"""{ {{{members}}},"choices":[{"index":0,"message":{"content":"Yes."}}]}""");

        Assert.Equal((id, model, "Yes."), (read.Id, read.Model, read.Text));
    }

    [Fact]
    public async Task Id_ThatChangesBetweenChunks_IsTheFirstThatIsNotEmpty()
    {
        var read = await BothWays.ReadAsync(
            """{"id":"c1","model":"m1","created":1762165778,"choices":[{"index":0,"message":{"content":"Yes, please."}}]}""",
            """{"id":"","model":"","created":0,"choices":[]}""",
            """{"id":"c1","model":"m1","created":1762165778,"choices":[{"index":0,"delta":{"content":"Yes, "}}]}""",
            """{"id":"c2","model":"m2","created":1762165799,"choices":[{"index":0,"delta":{"content":"please."}}]}""");

        Assert.Equal(("c1", "m1", 1762165778L), (read.Id, read.Model, read.Created));
    }

    [Fact]
    public async Task Object_OfAStream_IsThatOfAPlainResponse()
    {
        var read = await Support.ChatScript.AssembleAsync("""{"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Yes."}}]}""");

        Assert.Equal("chat.completion", read.Object);
    }

    [Theory]
    [InlineData("1762165778")]
    [InlineData("1762165778.25")]
    [InlineData("\"1762165778\"")]
    [InlineData("1762165778000")]
    [InlineData("\"1762165778000\"")]
    public async Task Created_OfAnyKind_IsTheSameSecond(string created)
    {
        var read = await BothWays.ReadAsync($$$"""{"created":{{{created}}},"choices":[{"index":0,"message":{"content":"Yes."}}]}""");

        Assert.Equal(new DateTimeOffset(2025, 11, 3, 10, 29, 38, TimeSpan.Zero), read.CreatedAt);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("\"\"")]
    [InlineData("\"soon\"")]
    [InlineData("1e300")]
    public async Task Created_OfNoTime_IsNull(string created)
    {
        var read = await BothWays.ReadAsync($$$"""{"created":{{{created}}},"choices":[{"index":0,"message":{"content":"Yes."}}]}""");

        Assert.Null(read.CreatedAt);
    }
}
