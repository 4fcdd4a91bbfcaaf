using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ArithmeticToolsTests
{
    private const string Two = """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""";
    private const string Whole = """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}""";
    private const string List = """{"type":"object","properties":{"values":{"type":"array","items":{"type":"number"}}}}""";
    private const string Person = """{"type":"object","properties":{"id":{"type":"string"},"age":{"type":"integer"}},"required":["id","age"]}""";
    private const string Customer = """{"type":"object","properties":{"name":{"type":"string"}}}""";

    [Theory]
    [InlineData("What is -5 plus 2.5?", "AddNumbers", Two, """AddNumbers({"a":-5,"b":2.5})""")]
    [InlineData("Please add 1,234 and 56", "addNumbers", Whole, """addNumbers({"a":1234,"b":56})""")]
    [InlineData("Please add 1,234 and 56", "add_numbers", Whole, """add_numbers({"a":1234,"b":56})""")]
    [InlineData("Which is 5 + 3?", "calc_add", Whole, """calc_add({"a":5,"b":3})""")]
    [InlineData("How much is 10 minus -4.25?", "SubtractNumbers", Two, """SubtractNumbers({"a":10,"b":-4.25})""")]
    [InlineData("Compute 6 * 7", "multiplyTwo", Two, """multiplyTwo({"a":6,"b":7})""")]
    [InlineData("What is 1,000,000.5 divided by 4?", "DivideNumbers", Two, """DivideNumbers({"a":1000000.5,"b":4})""")]
    [InlineData("What is 1 plus 2 plus -3?", "SumOfValues", List, """SumOfValues({"values":[1,2,-3]})""")]
    [InlineData("Please add 2 and 3", "AddCustomer", Customer, "")]
    [InlineData("Please add a joke", "AddNumbers", Two, "")]
    [InlineData("Get the person with id 42 and age 7", "GetPerson", Person, """GetPerson({"id":"42","age":7})""")]
    [InlineData("Get the person of age 7 and id 42", "GetPerson", Person, """GetPerson({"id":"42","age":7})""")]
    public async Task Choose_ByAPromptWithNumbers_CallsTheToolWithThem(string prompt, string name, string parameters, string expected)
    {
        await using var world = await World.StartAsync();

        Assert.Equal(expected, Calls(await world.ChatAsync(prompt, Offer((name, parameters)))));
    }

    [Theory]
    [InlineData("Add 10 and 20 then multiply 3 and 4", "Add({\"a\":10,\"b\":20});Multiply({\"a\":3,\"b\":4})")]
    [InlineData("Multiply 3 and 4, then add 10 and 20", "Add({\"a\":10,\"b\":20});Multiply({\"a\":3,\"b\":4})")]
    [InlineData("Add and multiply 3 and 4", "Add({\"a\":3,\"b\":4});Multiply({\"a\":3,\"b\":4})")]
    public async Task Choose_OfSeveralTools_GivesEachItsNumbers(string prompt, string expected)
    {
        await using var world = await World.StartAsync();

        Assert.Equal(expected, Calls(await world.ChatAsync(prompt, Offer(("Add", Whole), ("Multiply", Whole)))));
    }

    private static string Offer(params (string Name, string Parameters)[] tools)
    {
        var offered = tools.Select(tool => $$$"""{"type":"function","function":{"name":"{{{tool.Name}}}","parameters":{{{tool.Parameters}}}}}""");
        return $"\"tools\":[{string.Join(',', offered)}]";
    }

    private static string Calls(ReceivedResponse response)
    {
        var calls = response.Json["choices"]![0]!["message"]!["tool_calls"] as JsonArray ?? [];
        return string.Join(';', calls.Select(call => $"{call!["function"]!["name"]}({call["function"]!["arguments"]})"));
    }
}
