using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class OtherMembersQuirkTests
{
    [Theory]
    [InlineData("\"refusal\":\"No.\"")]
    [InlineData("\"refusal\":null")]
    [InlineData("\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://media.test\",\"start_index\":0}}]")]
    [InlineData("\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]")]
    [InlineData("\"audio\":{\"id\":\"a1\",\"data\":\"Zm9v\",\"transcript\":\"Foo.\",\"expires_at\":1762165778}")]
    public async Task Members_OfAMessage_AreKept(string member)
    {
        var plain = $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"Yes.",{{{member}}} }}]}""";

        var read = await BothWays.ReadAsync(plain);

        Assert.Empty(JsonTree.Differences(plain, Wire.Write(read)));
    }

    [Theory]
    [InlineData("\"native_finish_reason\":\"STOP\"")]
    [InlineData("\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}")]
    [InlineData("\"logprobs\":null")]
    [InlineData("\"logprobs\":{\"content\":[{\"token\":\"Yes\",\"logprob\":-0.1,\"bytes\":[89,101,115],\"top_logprobs\":[{\"token\":\"No\",\"logprob\":-2.5,\"bytes\":null}]}],\"refusal\":null}")]
    [InlineData("\"logprobs\":{\"tokens\":[\"Yes\"],\"token_logprobs\":[-0.1],\"top_logprobs\":null,\"text_offset\":[0]}")]
    public async Task Members_OfAChoice_AreKept(string member)
    {
        var plain = $$$"""{"choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},{{{member}}}}]}""";

        var read = await BothWays.ReadAsync(plain);

        Assert.Empty(JsonTree.Differences(plain, Wire.Write(read)));
    }

    [Theory]
    [InlineData("\"citations\":[\"https://media.test/1\"],\"search_results\":[{\"title\":\"One\",\"url\":\"https://media.test/1\",\"date\":null}]")]
    [InlineData("\"provider\":\"Acme\"")]
    [InlineData("\"service_tier\":\"default\"")]
    [InlineData("\"service_tier\":null,\"system_fingerprint\":null")]
    [InlineData("\"system_fingerprint\":\"fp_1\"")]
    [InlineData("\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{}}]")]
    public async Task Members_OfTheResponse_AreKept(string member)
    {
        var plain = $$$"""{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"Yes."}}],{{{member}}}}""";

        var read = await BothWays.ReadAsync(plain);

        Assert.Empty(JsonTree.Differences(plain, Wire.Write(read)));
    }

    [Fact]
    public async Task Members_InPieces_GrowToTheWhole()
    {
        await BothWays.ReadAsync(
            """{"citations":["a","b"],"choices":[{"index":0,"message":{"content":"Yes, please.","refusal":"No.","images":[1,2],"annotations":[{"a":1},{"a":2}],"audio":{"id":"a1","data":"Zm9v","transcript":"Foo."}},"logprobs":{"content":[{"token":"Yes"},{"token":"please"}]}}]}""",
            """{"citations":["a"],"choices":[{"index":0,"delta":{"content":"Yes, ","refusal":"N","images":[1],"annotations":[{"a":1}],"audio":{"id":"a1","data":"Zm","transcript":"F"}},"logprobs":{"content":[{"token":"Yes"}]}}]}""",
            """{"citations":["a","b"],"choices":[{"index":0,"delta":{"content":"please.","refusal":"o.","images":[2],"annotations":[{"a":2}],"audio":{"data":"9v","transcript":"oo."}},"logprobs":{"content":[{"token":"please"}]}}]}""");
    }
}
