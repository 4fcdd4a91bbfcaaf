using System.Linq;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Streaming;

public class TextMembersTests
{
    [Theory]
    [InlineData("arguments", false, true, true)]
    [InlineData("data", false, true, true)]
    [InlineData("text", false, true, true)]
    [InlineData("transcript", false, true, true)]
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
    [InlineData("b64_json channel encoding event format id kind lang language mode model name object phase provider role stage state status type url version")]
    [InlineData("created_at response_format call_id base_model tool_name stop_reason job_status mime_type image_url api_version callId mimeType")]
    public void IsInPieces_OfAMemberWhoseTextsAreComplete_IsFalseInEveryMode(string names)
    {
        var inPieces = names.Split(' ').Where(name => TextMembers.IsInPieces(name, MergeMode.Texts) || TextMembers.IsInPieces(name, MergeMode.Lists));

        Assert.Empty(inPieces);
    }

    [Theory]
    [InlineData("arguments", true)]
    [InlineData("content", true)]
    [InlineData("data", true)]
    [InlineData("input", true)]
    [InlineData("output", true)]
    [InlineData("partial_json", true)]
    [InlineData("reasoning", true)]
    [InlineData("reasoning_content", true)]
    [InlineData("reasoning_text", true)]
    [InlineData("summary", true)]
    [InlineData("text", true)]
    [InlineData("thinking", true)]
    [InlineData("transcript", true)]
    [InlineData("anything", false)]
    [InlineData("", false)]
    public void IsKnown_OfAMember_IsWhetherItIsSeenInPieces(string name, bool expected)
    {
        Assert.Equal(expected, TextMembers.IsKnown(name));
    }
}
