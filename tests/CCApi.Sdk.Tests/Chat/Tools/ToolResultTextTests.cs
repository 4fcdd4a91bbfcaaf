using System;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Tools;

public class ToolResultTextTests
{
    [Fact]
    public void Replies_AreErrorsThatTellTheModelWhatToDo()
    {
        var tools = new ChatTools().Add("a", "A", "{}", (_, _) => Task.FromResult("")).Add("b", "B", "{}", (_, _) => Task.FromResult(""));

        Assert.Equal("""{"error":"There is no tool 'größe'. The tools are: a, b."}""", ToolResultText.UnknownTool("größe", tools));
        Assert.Equal(
            """{"error":"The arguments of a are not valid: $.days is missing. Call it again with arguments that match its schema."}""",
            ToolResultText.InvalidArguments("a", "$.days is missing.", ""));
        Assert.Equal(
            """{"error":"The arguments of a are not valid: they must be a JSON object. Call it again with arguments that match its schema. The arguments were: [1]"}""",
            ToolResultText.InvalidArguments("a", "they must be a JSON object", "[1]"));
        Assert.Equal("""{"error":"a failed: No \"such\" city in 🇳🇴."}""", ToolResultText.Failed("a", "No \"such\" city in 🇳🇴."));
        Assert.Equal("""{"error":"The call of a was not approved. Continue without it."}""", ToolResultText.NotApproved("a"));
        Assert.Equal("""{"error":"This call was not run, because a turn may have at most 2 calls. Call fewer tools at once."}""", ToolResultText.TooManyCalls(2));
        Assert.Equal("""{"error":"This call was not run, because a limit was reached."}""", ToolResultText.NotRun());
        Assert.Equal("""{"error":"This call has no result, because the run was interrupted."}""", ToolResultText.Interrupted());
    }

    [Fact]
    public void Replies_QuoteNoMoreThanTheStart()
    {
        var text = new string('x', 400_000);

        Assert.Equal($$"""{"error":"There is no tool '{{text.Substring(0, 200)}}...'. The tools are: ."}""", ToolResultText.UnknownTool(text, []));
        Assert.EndsWith($"The arguments were: {text.Substring(0, 200)}...\"}}", ToolResultText.InvalidArguments("a", "they must be a JSON object", text), StringComparison.Ordinal);
    }
}
