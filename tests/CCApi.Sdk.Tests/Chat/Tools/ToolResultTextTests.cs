using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ToolResultTextTests
{
    [Fact]
    public void Replies_AreErrorsThatTellTheModelWhatToDo()
    {
        var tools = new ChatTools().Add("a", "A", "{}", (_, _) => Task.FromResult("")).Add("b", "B", "{}", (_, _) => Task.FromResult(""));

        Assert.Equal("""{"error":"There is no tool 'größe'. The tools are: a, b."}""", ToolResultText.NoSuchTool("größe", tools));
        Assert.Equal(
            """{"error":"The arguments of a cannot be used: $.days is missing. Call it again with arguments that fit its schema."}""",
            ToolResultText.WrongArguments("a", "$.days is missing."));
        Assert.Equal("""{"error":"a failed: No \"such\" city."}""", ToolResultText.Failed("a", "No \"such\" city."));
        Assert.Equal("""{"error":"The call of a was not allowed. Go on without it."}""", ToolResultText.Refused("a"));
        Assert.Equal("""{"error":"This call was not run, because a limit was reached."}""", ToolResultText.NotRun());
    }
}
