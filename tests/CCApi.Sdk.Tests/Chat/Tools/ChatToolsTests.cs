using System;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ChatToolsTests
{
    private readonly ChatTools _tools = [];

    [Fact]
    public void Add_OfTypes_OffersAStrictSchema()
    {
        _tools.Add("get_weather", "Current weather of a city", SampleJson.Default.CityArgs, SampleJson.Default.Weather, (_, _) => Task.FromResult(new Weather(3, "snow")));

        Assert.Equal(
            """
            {"type":"function","function":{"name":"get_weather","description":"Current weather of a city","parameters":
            {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false},"strict":true}}
            """.Replace("\r", "").Replace("\n", ""),
            Wire.Write(Assert.Single(_tools)));
    }

    [Fact]
    public void Add_OfWhatStrictModeCannotSay_OffersTheSchemaAsItIs()
    {
        _tools.Add("count", "Counts", SampleJson.Default.OpenArgs, (_, _) => Task.FromResult("done"));

        Assert.Equal(
            """
            {"type":"function","function":{"name":"count","description":"Counts","parameters":{"type":"object","properties":{"counts":
            {"type":"object","additionalProperties":{"type":["string","integer"],"pattern":"^-?(?:0|[1-9]\\d*)$"}}},"required":["counts"]}}}
            """.Replace("\r", "").Replace("\n", ""),
            Wire.Write(Assert.Single(_tools)));
    }

    [Fact]
    public void Add_OfASchema_OffersIt()
    {
        _tools.Add("echo", "Says it again", """{ "type": "object", "properties": { "text": { "type": "string" } } }""", (_, _) => Task.FromResult(""));

        Assert.Equal(
            """{"type":"function","function":{"name":"echo","description":"Says it again","parameters":{"type":"object","properties":{"text":{"type":"string"}}}}}""",
            Wire.Write(Assert.Single(_tools)));
    }

    [Fact]
    public async Task Result_OfAType_IsItsJson()
    {
        _tools.Add("get_weather", "Weather", SampleJson.Default.CityArgs, SampleJson.Default.Weather, (args, _) => Task.FromResult(new Weather(-3.5, $"Schnee in {args.City} <❄>")));

        Assert.Equal("""{"temperature":-3.5,"sky":"Schnee in Görlitz <❄>"}""", await RunAsync("get_weather", """{"city":"Görlitz"}"""));
    }

    [Fact]
    public async Task Result_OfAText_IsTheText()
    {
        _tools.Add("get_weather", "Weather", SampleJson.Default.CityArgs, (args, _) => Task.FromResult($"snow in {args.City}"));

        Assert.Equal("snow in Oslo", await RunAsync("get_weather", """{"city":"Oslo"}"""));
    }

    [Fact]
    public async Task Result_OfASchema_IsTheText()
    {
        _tools.Add("echo", "Says it again", """{"type":"object"}""", (args, _) => Task.FromResult(args.GetProperty("text").GetString()!));

        Assert.Equal("Hello", await RunAsync("echo", """{"text":"Hello"}"""));
    }

    [Fact]
    public async Task Add_OfDerivedTypes_WrapsAndUnwrapsThem()
    {
        _tools.Add("draw", "Draws", SampleJson.Default.Shape, (shape, _) => Task.FromResult($"{shape}"));

        Assert.StartsWith("""{"type":"object","properties":{"value":{"anyOf":[""", _tools.Single().Function.Parameters!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.True(_tools.Single().Function.Strict);
        Assert.Equal("Box { Width = 2, Height = 1 }", await RunAsync("draw", """{"value":{"width":2,"height":null,"kind":"box"}}"""));
        Assert.Equal("Circle { Radius = 2 }", await RunAsync("draw", """{"radius":2,"kind":"circle"}"""));
    }

    [Theory]
    [InlineData("""{"unit":"Celsius"}""", "$.unit must be one of \"celsius\", but is \"Celsius\"")]
    [InlineData("""{"unit":"celsius","more":1}""", "$.more is not allowed")]
    [InlineData("""{"unit":"celsius","days":8}""", "$.days must be at most 7, but is 8")]
    [InlineData("""{"unit":"celsius","days":3.0}""", null)]
    public void Bind_OfAHandWrittenSchema_ChecksItAsWritten(string arguments, string? expected)
    {
        _tools.Add("a", "A", """{"type":"object","properties":{"unit":{"enum":["celsius"]},"days":{"type":"integer","maximum":7}},"required":["unit"],"additionalProperties":false}""", (_, _) => Task.FromResult(""));

        _tools.Find("a")!.Bind(JsonDocument.Parse(arguments).RootElement, out var problem);

        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Bind_OfWhatDoesNotFit_SaysSo()
    {
        _tools.Add("a", "A", SampleJson.Default.CityArgs, (_, _) => Task.FromResult(""));
        _tools.Add("b", "B", """{"type":"object","required":["text"]}""", (_, _) => Task.FromResult(""));

        Assert.Equal(("$.city is missing", "$.text is missing"), (Problem("a"), Problem("b")));
    }

    [Fact]
    public void Add_InAChain_KeepsTheOrder()
    {
        _tools.Add("b", "B", SampleJson.Default.NoArgs, (_, _) => Task.FromResult("")).Add("a", "A", "{}", (_, _) => Task.FromResult(""));

        Assert.Equal(["b", "a"], _tools.Select(tool => tool.Function.Name));
        Assert.Equal(2, _tools.Count);
    }

    [Fact]
    public void Add_OfANameThatIsTaken_SaysTheFix()
    {
        _tools.Add("a", "A", "{}", (_, _) => Task.FromResult(""));

        var exception = Assert.Throws<ArgumentException>(() => _tools.Add("a", "Another", "{}", (_, _) => Task.FromResult("")));

        Assert.StartsWith("There already is a tool 'a': give each tool its own name.", exception.Message, StringComparison.Ordinal);
        Assert.Single(_tools);
    }

    [Fact]
    public void Add_ArgumentsThatAreNotAnObject_NamesTheFix()
    {
        var exception = Assert.Throws<ArgumentException>(() => _tools.Add("a", "A", SampleJson.Default.StringArray, (_, _) => Task.FromResult("")));

        Assert.StartsWith("The arguments of a tool must be a JSON object, but String[] is not one: put it into a class or a record.", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "The schema must be a JSON object.")]
    [InlineData("null", "The schema must be a JSON object.")]
    [InlineData("""{"\ud800":1,"b":2}""", "The schema is not valid JSON: ")]
    [InlineData("""{"title":"\ud800\n"}""", "The schema is not valid JSON: ")]
    [InlineData("{", "The schema is not valid JSON: ")]
    [InlineData("""{"type":"object","properties":{"a":{},"a":{}}}""", "The schema is not valid JSON: ")]
    [InlineData(" ", "It must not be empty.")]
    public void Add_OfAWrongSchema_SaysTheFix(string schema, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => _tools.Add("a", "A", schema, (_, _) => Task.FromResult("")));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal("schema", exception.ParamName);
    }

    [Fact]
    public void Add_OfNothing_NamesTheParameter()
    {
        var (args, result) = (SampleJson.Default.CityArgs, SampleJson.Default.Weather);

        Assert.Equal("name", Assert.Throws<ArgumentException>(() => _tools.Add("a b", "A", "{}", (_, _) => Task.FromResult(""))).ParamName);
        Assert.Equal("description", Assert.Throws<ArgumentException>(() => _tools.Add("a", "", "{}", (_, _) => Task.FromResult(""))).ParamName);
        Assert.Equal("arguments", Assert.Throws<ArgumentNullException>(() => _tools.Add<CityArgs>("a", "A", null!, (_, _) => Task.FromResult(""))).ParamName);
        Assert.Equal("result", Assert.Throws<ArgumentNullException>(() => _tools.Add<CityArgs, Weather>("a", "A", args, null!, (_, _) => null!)).ParamName);
        Assert.Equal("run", Assert.Throws<ArgumentNullException>(() => _tools.Add("a", "A", args, result, null!)).ParamName);
        Assert.Equal("run", Assert.Throws<ArgumentNullException>(() => _tools.Add("a", "A", args, null!)).ParamName);
        Assert.Equal("run", Assert.Throws<ArgumentNullException>(() => _tools.Add("a", "A", "{}", null!)).ParamName);
        Assert.Empty(_tools);
    }

    private Task<string> RunAsync(string name, string arguments) => _tools.Find(name)!.Bind(JsonDocument.Parse(arguments).RootElement, out _)!(CancellationToken.None);

    private string? Problem(string name)
    {
        Assert.Null(_tools.Find(name)!.Bind(JsonDocument.Parse("{}").RootElement, out var problem));
        return problem;
    }
}
