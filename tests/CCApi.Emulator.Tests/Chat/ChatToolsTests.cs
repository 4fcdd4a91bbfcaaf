using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatToolsTests
{
    private const string Tools = """
        "tools":[
          {"type":"function","function":{"name":"get_weather","description":"Gets the weather of a place.","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
          {"type":"function","function":{"name":"get_time","description":"Gets what hour the clock shows.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}},
          {"type":"function","function":{"name":"ping"}}]
        """;

    [Theory]
    [InlineData("What is the weather in Lisbon?", "", "get_weather")]
    [InlineData("What is the weather and the time in Lisbon?", "", "get_weather,get_time")]
    [InlineData("What is the weather and the time in Lisbon?", ",\"parallel_tool_calls\":false", "get_weather")]
    [InlineData("Which hour does your clock show?", "", "get_time")]
    [InlineData("Write a poem.", "", "")]
    [InlineData("What is the weather in Lisbon?", ",\"tool_choice\":\"none\"", "")]
    [InlineData("Write a poem.", ",\"tool_choice\":\"auto\"", "")]
    [InlineData("Write a poem.", ",\"tool_choice\":\"required\"", "get_weather")]
    [InlineData("What is the time in Lisbon?", ",\"tool_choice\":\"required\"", "get_time")]
    [InlineData("What is the weather in Lisbon?", ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}", "ping")]
    public async Task Choose_OfOfferedTools_CallsTheOnesThatFit(string prompt, string choice, string called)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync(prompt, Tools + choice);

        Assert.Equal(called, string.Join(',', Calls(response).Select(call => call["function"]!["name"]!.GetValue<string>())));
        Assert.Equal(called.Length == 0 ? "stop" : "tool_calls", response.FinishReason);
    }

    [Theory]
    [InlineData("東京の天気は?", "get_weather", "東京")]
    [InlineData("北京的天気怎么样?", "get_weather", "北京")]
    [InlineData("詩を書いてください。", "", "")]
    public async Task Choose_OfADescriptionWithoutSpaces_CallsTheToolThatItNames(string prompt, string called, string city)
    {
        const string Described = """
            "tools":[{"type":"function","function":{"name":"get_weather","description":"都市の天気を取得する",
            "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]
            """;
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync(prompt, Described);

        Assert.Equal(called, string.Join(',', Names(response)));
        Assert.All(Calls(response), call => Assert.Equal($$"""{"city":"{{city}}"}""", call["function"]!["arguments"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("GetWeather")]
    [InlineData("getWeather")]
    [InlineData("get_weather")]
    [InlineData("get-weather")]
    [InlineData("WEATHER")]
    [InlineData("getweather")]
    [InlineData("GETWEATHER")]
    [InlineData("getcurrentweather")]
    [InlineData("weatherlookup")]
    [InlineData("CurrentWeatherTool")]
    [InlineData("weatherLookup2")]
    public async Task Choose_OfANameInAnyCaseStyle_CallsIt(string name)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("What is the weather in Lisbon?", Offer("GetTime", "sendMail", name, "list_files"));

        Assert.Equal([name], Names(response));
    }

    [Theory]
    [InlineData("What is the current secret number?", "GetSecretNumber,GetTime", "GetSecretNumber")]
    [InlineData("What is the result of SecretComputation on 42 and 84?", "SecretComputation,OpenSecret", "SecretComputation")]
    [InlineData("How much older is Elsa? Return the age difference.", "GetPersonAge,GetPersonName", "GetPersonAge")]
    [InlineData("List the cities.", "ListCities,ListFiles", "ListCities")]
    [InlineData("What is the weather?", "GetWeather,GetWeatherForecast", "GetWeather")]
    [InlineData("Calculate \"2 * (3 + 4)\".", "calculate,get_time", "calculate")]
    [InlineData("What is the weather forecast?", "GetWeather,GetWeatherForecast", "GetWeatherForecast")]
    [InlineData("Find me something to get.", "GetWeather,FindFlights", "")]
    [InlineData("Get the weather and the time.", "SetWeather,GetWeather,GetTime", "GetWeather,GetTime")]
    [InlineData("Briefly, what is the most popular tower in Paris?", "Method1,CustomMethod26", "")]
    public async Task Choose_OfSimilarNames_CallsTheClosest(string prompt, string offered, string called)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync(prompt, Offer(offered.Split(',')));

        Assert.Equal(called, string.Join(',', Names(response)));
    }

    [Fact]
    public async Task Choose_OfAToolWithSeveralNumbers_GivesThemInOrder()
    {
        await using var world = await World.StartAsync();
        const string Tool = """
            "tools":[{"type":"function","function":{"name":"SecretComputation","parameters":{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}}}]
            """;

        var response = await world.ChatAsync("What is the result of SecretComputation on 42 and 84?", Tool);

        Assert.Equal("""{"a":42,"b":84}""", Calls(response).Single()["function"]!["arguments"]!.GetValue<string>());
    }

    [Fact]
    public async Task Choose_OfSeveralTools_GivesEachCallItsOwnId()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("What is the weather and the time in Lisbon?", Tools);

        Assert.Equal(2, Calls(response).Select(call => call["id"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task Choose_OfATool_TakesItsArgumentsFromThePrompt()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("What is the weather in New Delhi?", Tools);

        Assert.Equal("""{"city":"New Delhi"}""", Calls(response).Single()["function"]!["arguments"]!.GetValue<string>());
    }

    [Fact]
    public async Task Choose_OfAToolWithoutParameters_SendsAnEmptyObject()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"ping\"}}");

        Assert.Equal("{}", Calls(response).Single()["function"]!["arguments"]!.GetValue<string>());
    }

    [Fact]
    public async Task Choose_ResultOfTheToolPresent_RepliesWithIt()
    {
        await using var world = await World.StartAsync();
        var call = Calls(await world.ChatAsync("What is the weather in Lisbon?", Tools)).Single();
        var messages = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = "What is the weather in Lisbon?" },
            new JsonObject { ["role"] = "assistant", ["tool_calls"] = new JsonArray(call.DeepClone()) },
            new JsonObject { ["role"] = "tool", ["tool_call_id"] = call["id"]!.GetValue<string>(), ["content"] = "21 degrees" });

        var response = await world.PostAsync("chat/completions", $$"""{"model":"openai/gpt-4o-mini","messages":{{messages.ToJsonString()}},{{Tools}}}""");

        Assert.Contains("get_weather says: 21 degrees", response.Content, StringComparison.Ordinal);
        Assert.Equal("stop", response.FinishReason);
    }

    [Fact]
    public async Task Choose_InANewTurnAfterAResult_CallsAgain()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(
            "chat/completions",
            $$$"""{"model":"openai/gpt-4o-mini","messages":[{"role":"tool","tool_call_id":"1","content":"21 degrees"},{"role":"user","content":"And the weather in Rome?"}],{{{Tools}}}}""");

        Assert.Equal("""{"city":"Rome"}""", Calls(response).Single()["function"]!["arguments"]!.GetValue<string>());
    }

    private static string Offer(params string[] names) =>
        $"\"tools\":[{string.Join(',', names.Select(name => $$$"""{"type":"function","function":{"name":"{{{name}}}"}}"""))}]";

    private static string[] Names(ReceivedResponse response) => [.. Calls(response).Select(call => call["function"]!["name"]!.GetValue<string>())];

    private static JsonNode[] Calls(ReceivedResponse response) => response.Json["choices"]![0]!["message"]!["tool_calls"]?.AsArray().Select(call => call!).ToArray() ?? [];
}
