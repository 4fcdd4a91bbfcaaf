using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class TextMembersTests
{
    [Theory]
    [InlineData("arguments", false, true, true)]
    [InlineData("text", false, true, true)]
    [InlineData("reasoning_text", false, false, true)]
    [InlineData("anything", false, false, true)]
    [InlineData("id", false, false, false)]
    [InlineData("response_id", false, false, false)]
    [InlineData("role", false, false, false)]
    [InlineData("my_type", false, false, false)]
    public void IsInPieces_OfAMember_DependsOnTheMode(string name, bool complete, bool lists, bool texts)
    {
        var actual = (TextMembers.IsInPieces(name, MergeMode.Complete), TextMembers.IsInPieces(name, MergeMode.Lists), TextMembers.IsInPieces(name, MergeMode.Texts));

        Assert.Equal((complete, lists, texts), actual);
    }

    [Theory]
    [InlineData("data", true)]
    [InlineData("reasoning_text", true)]
    [InlineData("anything", false)]
    public void IsKnown_OfAMember_IsWhetherItIsSeenInPieces(string name, bool expected)
    {
        Assert.Equal(expected, TextMembers.IsKnown(name));
    }
}
