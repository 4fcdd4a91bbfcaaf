using System.IO;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Quirks;

public class ImagesQuirkTests
{
    [Theory]
    [InlineData("{\"data\":[{\"b64_json\":\"@\"}]}")]
    [InlineData("{\"created\":null,\"data\":[{\"url\":null,\"b64_json\":\"@\"}]}")]
    [InlineData("{\"created\":1762165778,\"data\":[{\"url\":\"\",\"b64_json\":\"data:image/png;base64,@\"}]}")]
    [InlineData("{\"data\":[{\"url\":\"data:image/png;base64,@\"}]}")]
    [InlineData("{\"data\":[{\"url\":\"data:image/png;base64,@\",\"b64_json\":null}]}")]
    [InlineData("{\"data\":[{\"url\":\"data:image/png;base64,@\",\"b64_json\":\"\"}]}")]
    public async Task Image_InTheResponse_IsItsBytes(string body)
    {
        using var client = Client(body);
        var images = await GenerateAsync(client);
        var image = Assert.Single(images.Data!);

        using var opened = await client.Images.OpenReadAsync(image);
        using var bytes = new MemoryStream();
        await opened.CopyToAsync(bytes);

        Assert.True(image.HasInlineData);
        Assert.Equal(Bodies.Png, bytes.ToArray());
    }

    [Theory]
    [InlineData("{\"data\":[{\"url\":\"https://media.test/fox.png\"}]}")]
    [InlineData("{\"created\":0,\"data\":[{\"url\":\"https://media.test/fox.png\",\"b64_json\":null}]}")]
    [InlineData("{\"data\":{\"url\":\"https://media.test/fox.png\"}}")]
    [InlineData("{\"created\":\"1762165778\",\"data\":[{\"url\":\"https://media.test/fox.png\",\"b64_json\":\"\"}]}")]
    public async Task Image_SomewhereElse_IsItsUrl(string body)
    {
        using var client = Client(body);

        var image = Assert.Single((await GenerateAsync(client)).Data!);

        Assert.Equal((false, "https://media.test/fox.png"), (image.HasInlineData, image.Url));
    }

    [Theory]
    [InlineData("""{"created":1762165778,"data":[{"url":"https://media.test/fox.png","revised_prompt":"A red fox."}]}""")]
    [InlineData("""{"created":1762165778,"data":[{"url":"https://media.test/fox.png"}],"revised_prompt":"A red fox."}""")]
    [InlineData("""{"data":[{"url":"https://media.test/fox.png","media_type":"image/png","mime_type":"image/png","index":0,"timings":{"inference":0.5}}]}""")]
    [InlineData("""{"data":[{"url":"https://media.test/fox.png"}],"usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12},"background":"opaque"}""")]
    public async Task Members_OfAnImageList_AreKept(string body)
    {
        using var client = Client(body);

        var images = await GenerateAsync(client);

        Assert.Empty(JsonTree.Differences(body, Wire.Write(images)));
    }

    [Theory]
    [InlineData("{\"data\":[{\"url\":\"data:image/png;base64,@\"}]}")]
    [InlineData("{\"status\":\"completed\",\"data\":[{\"b64_json\":\"@\",\"media_type\":\"image/png\"}]}")]
    public async Task Image_OfTheOtherOperation_IsItsBytesToo(string body)
    {
        using var client = Client(body);
        var images = await client.Images.GenerateAsync(new MultimodalImageGenerationRequest { Model = "m", Contents = [new MultimodalInputContent { Text = "A fox." }] });

        using var opened = await client.Images.OpenReadAsync(Assert.Single(images.Data!));
        using var bytes = new MemoryStream();
        await opened.CopyToAsync(bytes);

        Assert.Equal(Bodies.Png, bytes.ToArray());
    }

    [Theory]
    [InlineData("""{"id":"j1","status":"failed","error":{"message":"No.","code":"content_policy"}}""")]
    [InlineData("""{"status":"failed","error":"No."}""")]
    public async Task Error_OfAJob_IsItsState(string body)
    {
        using var client = Client(body);

        var state = await client.Images.GetJobAsync("j1");

        Assert.Equal(("failed", "No."), (state.Status?.Value, state.Error?.Message));
    }

    private static CCApiClient Client(string body) => new FakeGateway().Respond(200, body.Replace("@", System.Convert.ToBase64String(Bodies.Png))).Client();

    private static Task<LegacyImageGenerationResponse> GenerateAsync(CCApiClient client) => client.Images.GenerateAsync("m", "A fox.");
}
