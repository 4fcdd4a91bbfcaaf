using System.Text.Json;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ReasoningAssemblerTests
{
    [Fact]
    public void Add_OfOneMember_GivesEachPieceAsItIs()
    {
        var reasoning = new ReasoningAssembler();
        var piece = new string('a', 3);

        Assert.Same(piece, reasoning.Add(new ChatCompletionDelta { Reasoning = piece }));
        Assert.Same(piece, reasoning.Add(ReasoningPlace.Reasoning, piece));
        Assert.Equal(("aaaaaa", null), (reasoning.Reasoning, reasoning.ReasoningContent));
    }

    [Theory]
    [InlineData("""{"reasoning":"Hm"}""", """{"reasoning_content":"Hm"}""", "Hm", "Hm")]
    [InlineData("""{"reasoning_content":"Hm"}""", """{"reasoning":"Hm"}""", "Hm", "Hm")]
    [InlineData("""{"content":[{"type":"thinking","thinking":"Hm"}]}""", """{"reasoning":"Hm"}""", "Hm", null)]
    [InlineData("""{"reasoning_details":[{"text":"Hm"}]}""", """{"reasoning_content":"Hm"}""", null, "Hm")]
    public void Add_OfASecondMember_GivesARepetitionOnceAndKeepsBoth(string first, string second, string? reasoning, string? reasoningContent)
    {
        var assembler = new ReasoningAssembler();

        Assert.Equal("Hm", assembler.Add(Read(first)));
        Assert.Null(assembler.Add(Read(second)));
        Assert.Equal((reasoning, reasoningContent), (assembler.Reasoning, assembler.ReasoningContent));
    }

    [Fact]
    public void Add_OfEmptyMembers_KeepsThemAndAddsNothing()
    {
        var reasoning = new ReasoningAssembler();

        Assert.Null(reasoning.Add(new ChatCompletionDelta { ReasoningContent = "" }));
        Assert.Equal("Hm", reasoning.Add(new ChatCompletionDelta { ReasoningContent = "", Reasoning = "Hm" }));
        Assert.Equal(("Hm", ""), (reasoning.Reasoning, reasoning.ReasoningContent));
    }

    [Theory]
    [InlineData("""{"content":"Yes"}""", false)]
    [InlineData("""{"reasoning":""}""", true)]
    [InlineData("""{"reasoning_content":""}""", true)]
    [InlineData("""{"reasoning_details":[]}""", true)]
    [InlineData("""{"content":[]}""", true)]
    public void IsIn_ADelta_IsWhetherItMayHaveReasoning(string delta, bool expected) => Assert.Equal(expected, ReasoningAssembler.IsIn(Read(delta)));

    private static ChatCompletionDelta Read(string json) => JsonSerializer.Deserialize<ChatCompletionDelta>(json)!;
}
