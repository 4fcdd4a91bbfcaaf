using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatLogprobsTests
{
    [Fact]
    public async Task Of_APlainResponse_HasAnEntryForEachPieceOfTheText()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Plan a bakery launch.", "\"logprobs\":true,\"top_logprobs\":3");

        var tokens = response.Json["choices"]![0]!["logprobs"]!["content"]!.AsArray();
        Assert.Equal(response.Content, string.Concat(tokens.Select(token => token!["token"]!.GetValue<string>())));
        Assert.All(tokens, token =>
        {
            Assert.Equal(Encoding.UTF8.GetBytes(token!["token"]!.GetValue<string>()).Select(part => (int)part), token["bytes"]!.AsArray().Select(part => part!.GetValue<int>()));
            Assert.InRange(token["logprob"]!.GetValue<double>(), -1, 0);
            var alternatives = token["top_logprobs"]!.AsArray();
            Assert.Equal(3, alternatives.Count);
            Assert.Equal(token["token"]!.GetValue<string>(), alternatives[0]!["token"]!.GetValue<string>());
            Assert.Equal(alternatives.Select(Probability).OrderDescending(), alternatives.Select(Probability));
        });
    }

    [Fact]
    public async Task Of_AStream_ComesWithEachPiece()
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Plan a bakery launch.", "\"logprobs\":true,\"stream\":true");

        var choices = response.Chunks.Select(chunk => chunk["choices"]![0]!).ToList();
        var pieces = choices.Where(choice => choice["delta"]!["content"]?.GetValue<string>() is { Length: > 0 }).ToList();
        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Equal(piece["delta"]!["content"]!.GetValue<string>(), piece["logprobs"]!["content"]![0]!["token"]!.GetValue<string>()));
        Assert.All(choices.Except(pieces), choice => Assert.Null(choice["logprobs"]));
    }

    [Fact]
    public async Task Of_ARefusal_AreThoseOfTheRefusal()
    {
        await using var world = await World.StartAsync();
        world.Emulator.Script.Load("""{"rules":[{"then":{"refusal":"No."}}]}""");

        var response = await world.ChatAsync("Hello", "\"logprobs\":true");

        var logprobs = response.Json["choices"]![0]!["logprobs"]!;
        Assert.Null(logprobs["content"]);
        Assert.Equal("No.", logprobs["refusal"]![0]!["token"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"logprobs\":false")]
    [InlineData("\"logprobs\":null")]
    public async Task For_ARequestThatWantsNone_IsNothing(string setting)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", setting);

        Assert.False(response.Json["choices"]![0]!.AsObject().ContainsKey("logprobs"));
    }

    private static double Probability(JsonNode? alternative) => alternative!["logprob"]!.GetValue<double>();
}
