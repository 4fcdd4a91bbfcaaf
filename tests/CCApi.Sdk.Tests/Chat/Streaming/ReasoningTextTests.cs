using System;
using System.Linq;
using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class ReasoningTextTests
{
    [Fact]
    public void Add_OfWhatAnotherMemberHad_IsNothing()
    {
        var text = new ReasoningText(ReasoningPlace.Reasoning, "Hm, well.");

        Assert.Null(text.Add(ReasoningPlace.Details, "Hm, "));
        Assert.Null(text.Add(ReasoningPlace.Details, "well."));
    }

    [Fact]
    public void Add_OfMoreThanAnotherMemberHad_IsTheRest()
    {
        var text = new ReasoningText(ReasoningPlace.Reasoning, "Hm, ");

        Assert.Equal("well", text.Add(ReasoningPlace.Details, "Hm, well"));
        Assert.Equal(".", text.Add(ReasoningPlace.Reasoning, "well."));
    }

    [Fact]
    public void Add_OfAnotherText_IsNothingFromThereOn()
    {
        var text = new ReasoningText(ReasoningPlace.Reasoning, "Hm, ");

        Assert.Null(text.Add(ReasoningPlace.Details, "Ha, "));
        Assert.Null(text.Add(ReasoningPlace.Details, "well."));
        Assert.Null(text.Add(ReasoningPlace.Details, "Hm, what"));
        Assert.Equal("well.", text.Add(ReasoningPlace.Reasoning, "well."));
    }

    [Theory]
    [InlineData((int)ReasoningPlace.Details, (int)ReasoningPlace.Parts)]
    [InlineData((int)ReasoningPlace.Parts, (int)ReasoningPlace.Reasoning)]
    [InlineData((int)ReasoningPlace.Reasoning, (int)ReasoningPlace.ReasoningContent)]
    public void Add_OfAnotherTextThatTheResponsePrefers_GoesOnWithThat(int first, int preferred)
    {
        var text = new ReasoningText((ReasoningPlace)first, "Hm, a summary.");

        Assert.Equal("well", text.Add((ReasoningPlace)preferred, "Hm, well"));
        Assert.Null(text.Add((ReasoningPlace)first, " Another."));
        Assert.Equal(".", text.Add((ReasoningPlace)preferred, "."));
    }

    [Fact]
    public void Add_AfterARepetitionByAPreferredMember_KeepsThat()
    {
        var text = new ReasoningText(ReasoningPlace.Details, "Hm, ");

        Assert.Equal("well", text.Add(ReasoningPlace.Reasoning, "Hm, well"));
        Assert.Null(text.Add(ReasoningPlace.Details, "what"));
        Assert.Equal(".", text.Add(ReasoningPlace.Reasoning, "."));
    }

    [Fact]
    public void Add_OfAnotherTextByTheFirstMember_GoesOnWithThat()
    {
        var text = new ReasoningText(ReasoningPlace.Reasoning, "Hm, ");

        Assert.Equal("a summary", text.Add(ReasoningPlace.Details, "Hm, a summary"));
        Assert.Equal("well", text.Add(ReasoningPlace.Reasoning, "well"));
        Assert.Null(text.Add(ReasoningPlace.Details, "."));
        Assert.Equal(".", text.Add(ReasoningPlace.Reasoning, "."));
    }

    [Fact]
    public void Add_OfAnotherTextThatTheResponsePrefers_ForgetsTheRestOfTheFirst()
    {
        var text = new ReasoningText(ReasoningPlace.Details, "Hm, a summary.");

        Assert.Equal("well", text.Add(ReasoningPlace.Reasoning, "Hm, well"));
        Assert.Equal("mm", text.Add(ReasoningPlace.Reasoning, "mm"));
    }

    [Fact]
    public void Add_OfAnotherTextByTheFirstMember_KeepsTheMembersThatWentNoFurther()
    {
        var text = new ReasoningText(ReasoningPlace.Reasoning, "Hm, ");
        Assert.Null(text.Add(ReasoningPlace.Parts, "Hm, "));
        Assert.Equal("a summary", text.Add(ReasoningPlace.Details, "Hm, a summary"));

        Assert.Equal("well", text.Add(ReasoningPlace.Reasoning, "well"));
        Assert.Null(text.Add(ReasoningPlace.Parts, "well"));
        Assert.Equal(".", text.Add(ReasoningPlace.Parts, "."));
    }

    [Fact]
    public void Add_OfOneTextCutAnywhereIntoSeveralMembers_GivesItOnce()
    {
        var random = new Random(16);
        for (var round = 0; round < 500; round++)
        {
            var whole = new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)('a' + random.Next(2)))]);
            var start = random.Next(whole.Length + 1);
            var text = new ReasoningText(ReasoningPlace.Parts, whole[..start]);
            var positions = new[] { 0, 0, start, 0 };
            var given = new StringBuilder(whole[..start]);

            while (positions.Any(position => position < whole.Length))
            {
                var place = random.Next(4);
                var next = Math.Min(whole.Length, positions[place] + random.Next(5));
                given.Append(text.Add((ReasoningPlace)place, whole[positions[place]..next]));
                positions[place] = next;
            }

            Assert.Equal(whole, given.ToString());
        }
    }
}
