using System.Text.Json.Nodes;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class DescribedConstraintsTests
{
    [Theory]
    [InlineData("""{"type":"string","description":"pattern: ^\\d{2}$"}""", """{"type":"string","description":"pattern: ^\\d{2}$","pattern":"^\\d{2}$"}""")]
    [InlineData("""{"description":"A code (pattern: ^(a|b), c$)"}""", """{"description":"A code (pattern: ^(a|b), c$)","pattern":"^(a|b), c$"}""")]
    [InlineData("""{"description":"minLength: 1, maxLength: 2"}""", """{"description":"minLength: 1, maxLength: 2","minLength":1,"maxLength":2}""")]
    [InlineData("""{"description":"Stars (minimum: 1, maximum: 5)"}""", """{"description":"Stars (minimum: 1, maximum: 5)","minimum":1,"maximum":5}""")]
    [InlineData("""{"description":"A code (pattern: ^(a|b), minLength: 1)"}""", """{"description":"A code (pattern: ^(a|b), minLength: 1)","pattern":"^(a|b)","minLength":1}""")]
    [InlineData("""{"properties":{"default":{"description":"minItems: 2"}}}""", """{"properties":{"default":{"description":"minItems: 2","minItems":2}}}""")]
    [InlineData("""{"$defs":{"const":{"description":"minimum: 3"}}}""", """{"$defs":{"const":{"description":"minimum: 3","minimum":3}}}""")]
    [InlineData("""{"properties":{"pattern":{"description":"minItems: 2"}},"description":"minimum: 3"}""", """{"properties":{"pattern":{"description":"minItems: 2","minItems":2}},"description":"minimum: 3","minimum":3}""")]
    [InlineData("""{"description":"maximum: 9","maximum":3}""", null)]
    [InlineData("""{"description":"pattern: ("}""", null)]
    [InlineData("""{"description":"maximum: ten words, minimum:3"}""", null)]
    [InlineData("""{"description":"The minimum: 3"}""", null)]
    [InlineData("""{"properties":{"description":{"type":"string"}}}""", null)]
    [InlineData("""{"const":{"description":"minimum: 3"}}""", null)]
    [InlineData("""{"properties":{"a":{"anyOf":[{"description":"minItems: 2"}]}}}""", """{"properties":{"a":{"anyOf":[{"description":"minItems: 2","minItems":2}]}}}""")]
    public void Add_OfADescription_AddsItsKeywords(string schema, string? expected)
    {
        var constrained = DescribedConstraints.Add(JsonNode.Parse(schema)!.AsObject());

        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), constrained), constrained?.ToJsonString());
    }

    [Fact]
    public void Fill_WhereTheDescriptionIsImpossible_FollowsTheSchema()
    {
        var schema = JsonNode.Parse("""{"type":"integer","maximum":3,"description":"minimum: 5"}""");

        Assert.InRange(SchemaFiller.Fill(schema, "How many?")!.GetValue<long>(), long.MinValue, 3);
    }
}
