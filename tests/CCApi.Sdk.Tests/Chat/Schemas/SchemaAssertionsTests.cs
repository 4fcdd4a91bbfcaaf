using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Schemas;

public class SchemaAssertionsTests
{
    [Theory]
    [InlineData("""{"minimum":2}""", "1.5", "must be at least 2, but is 1.5")]
    [InlineData("""{"exclusiveMinimum":2}""", "2", "must be greater than 2, but is 2")]
    [InlineData("""{"maximum":2}""", "3", "must be at most 2, but is 3")]
    [InlineData("""{"exclusiveMaximum":2}""", "2", "must be less than 2, but is 2")]
    [InlineData("""{"multipleOf":0.1}""", "0.35", "must be a multiple of 0.1, but is 0.35")]
    [InlineData("""{"multipleOf":0.1}""", "0.3", null)]
    [InlineData("""{"multipleOf":0}""", "1", null)]
    [InlineData("""{"minimum":2,"maximum":4}""", "3", null)]
    [InlineData("""{"minimum":2}""", "\"1\"", null)]
    [InlineData("""{"minLength":2}""", "\"😀\"", "must have at least 2 characters, but has 1")]
    [InlineData("""{"maxLength":1}""", "\"ab\"", "must have at most 1 characters, but has 2")]
    [InlineData("""{"pattern":"^a+$"}""", "\"ab\"", "must match the pattern ^a+$")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", null)]
    [InlineData("""{"pattern":"(unclosed"}""", "\"abc\"", null)]
    [InlineData("""{"type":"integer"}""", "1e2", null)]
    [InlineData("""{"type":"integer"}""", "1.5", "must be integer, but is 1.5")]
    public void Check_OfAValue_ReportsWhatIsWrong(string schema, string value, string? expected) =>
        Assert.Equal(expected, SchemaAssertions.Check(JsonDocument.Parse(value).RootElement, JsonNode.Parse(schema)!.AsObject(), ignoreCase: false));

    [Fact]
    public void IsMatch_OfAPatternThatTakesLong_IsTrue() => Assert.True(SchemaAssertions.IsMatch(new string('a', 40) + "!", "^(a+)+$"));
}
