using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public class ModelIdsTests
{
    [Theory]
    [InlineData("OpenAI/GPT-5.2", "openai/gpt-5-2")]
    [InlineData("a/kling-3.0-pro", "a/kling-3-pro")]
    [InlineData("a/seedance-2.0", "a/seedance-2")]
    [InlineData("a/v1-0:free", "a/v1:free")]
    [InlineData("a/gpt-4-0613", "a/gpt-4-0613")]
    [InlineData("a/model-0", "a/model-0")]
    [InlineData("a/10", "a/10")]
    [InlineData("", null)]
    public void Normalize_OfAnId_IsOneSpelling(string id, string? expected) => Assert.Equal(expected, ModelIds.Normalize(id));

    [Fact]
    public void Normalize_OfALongId_IsNone() => Assert.Null(ModelIds.Normalize(new string('a', 257)));

    [Theory]
    [InlineData("claude-haiku-4-5-20251001", "claude-haiku-4-5")]
    [InlineData("gpt-4o-2024-07-18", "gpt-4o")]
    [InlineData("gpt-4o-12345678", null)]
    [InlineData("-20251001", null)]
    [InlineData("gpt-4o", null)]
    public void WithoutDate_OfAnId_IsTheRest(string id, string? expected) => Assert.Equal(expected, ModelIds.WithoutDate(id));
}
