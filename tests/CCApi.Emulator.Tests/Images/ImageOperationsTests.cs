using System;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Images;

public class ImageOperationsTests
{
    [Theory]
    [InlineData("""{"model":"openai/gpt-image-1"}""", "prompt")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":" "}""", "prompt")]
    [InlineData("""{"prompt":"A fox"}""", "model")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","size":"large"}""", "size")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","size":"9999x1"}""", "size")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","size":64}""", "size")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","n":0}""", "n")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","user":5}""", "user")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","quality":5}""", "quality")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","style":[]}""", "style")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","response_format":true}""", "response_format")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","quality":"best"}""", "quality")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","style":"bold"}""", "style")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","response_format":"png"}""", "response_format")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","n":11}""", "n")]
    [InlineData("""{"model":"openai/gpt-image-1","prompt":"A fox","n":"two"}""", "n")]
    public async Task Generate_OfAWrongRequest_Is400AndNamesTheField(string body, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generations", body);

        Assert.Equal((400, param), (response.Status, response.Error["param"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Theory]
    [InlineData("""{"contents":[]}""", "contents")]
    [InlineData("""{"model":5,"contents":[{"text":"A fox"}]}""", "model")]
    [InlineData("""{"contents":[{"text":"A fox"},{"text":5}]}""", "contents[1].text")]
    [InlineData("""{"contents":[{"text":"A fox","image":"x"}]}""", "contents[0].image")]
    [InlineData("""{"contents":[{"text":"A fox"}],"webhook_url":5}""", "webhook_url")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"seed":"lucky"}}""", "parameters.seed")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"steps":-1}}""", "parameters.steps")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"strength":2}}""", "parameters.strength")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"guidance_scale":"high"}}""", "parameters.guidance_scale")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"negative_prompt":5}}""", "parameters.negative_prompt")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"quality":5}}""", "parameters.quality")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"quality":"best"}}""", "parameters.quality")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"response_format":"png"}}""", "parameters.response_format")]
    [InlineData("""{"contents":["A fox"]}""", "contents")]
    [InlineData("""{"contents":[{}]}""", "contents")]
    [InlineData("""{"contents":[{"text":"A fox","mask":{"url":"https://example.com/m.png"}}]}""", "contents")]
    [InlineData("""{"contents":[{"text":"A fox","image":{"data":"no base64!"}}]}""", "contents")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":7}""", "parameters")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"width":9999,"height":9}}""", "parameters")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"aspect_ratio":"wide"}}""", "parameters")]
    [InlineData("""{"contents":[{"text":"A fox"}],"parameters":{"num_images":11}}""", "parameters.num_images")]
    public async Task GenerateMultimodal_OfAWrongRequest_Is400AndNamesTheField(string body, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generate", body);

        Assert.Equal((400, param), (response.Status, response.Error["param"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("images/generations", """{"model":"openai/gpt-4o","prompt":"A fox"}""")]
    [InlineData("images/generate", """{"model":"nobody/nothing","contents":[{"text":"A fox"}]}""")]
    public async Task Generate_WithAModelThatDoesNotPaint_Is503(string path, string body)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync(path, body);

        Assert.Equal((503, "model_not_found"), (response.Status, response.Error["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Generate_Inline_HoldsAPngOfTheAskedSize()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generations", Body.Image("A fox", "\"size\":\"320x200\",\"response_format\":\"b64_json\""));
        var image = PngFile.Read(Convert.FromBase64String(response.Json["data"]![0]!["b64_json"]!.GetValue<string>()));

        Assert.Equal((320, 200), (image.Width, image.Height));
    }

    [Fact]
    public async Task Generate_ByUrl_PointsToOnePngForEach()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generations", Body.Image("A fox", "\"n\":2,\"size\":\"64x64\""));
        var files = await Task.WhenAll(response.Json["data"]!.AsArray().Select(image => world.GetAsync(image!["url"]!.GetValue<string>())));

        Assert.All(files, file => Assert.Equal((64, "image/png"), (PngFile.Read(file.Bytes).Width, file.MediaType)));
        Assert.NotEqual(files[0].Bytes, files[1].Bytes);
    }

    [Theory]
    [InlineData("""[{"text":"A fox"}]""", "text-to-image")]
    [InlineData("""[{"text":"A fox","image":{"url":"https://example.com/a.png"}}]""", "image-to-image")]
    [InlineData("""[{"image":{"url":"https://example.com/a.png"},"mask":{"url":"https://example.com/m.png"}}]""", "inpainting")]
    public async Task GenerateMultimodal_OfTheContents_ChoosesTheOperation(string contents, string operation)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generate", $$$"""{"model":"google/nano-banana","contents":{{{contents}}},"parameters":{"width":32,"height":32}}""");

        Assert.Equal(operation, response.Json["execution"]!["operation"]!.GetValue<string>());
    }

    [Fact]
    public async Task GenerateMultimodal_WithASeed_ReportsTheSeedOfEachImage()
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("images/generate", Body.Multimodal("A fox", """{"num_images":2,"seed":41,"width":32,"height":32}""", "google/nano-banana"));

        Assert.Equal([41, 42], response.Json["data"]!.AsArray().Select(image => image!["seed"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("\"data\":\"DATA\"")]
    [InlineData("\"url\":\"data:image/png;base64,DATA\"")]
    public async Task GenerateMultimodal_WithAnImage_ShowsItInTheResult(string image)
    {
        await using var world = await World.StartAsync();
        var black = Convert.ToBase64String(PngWriter.Write(new byte[4 * 4 * 3], 4, 4));
        var contents = """[{"text":"A fox","image":{IMAGE}}]""".Replace("IMAGE", image, StringComparison.Ordinal).Replace("DATA", black, StringComparison.Ordinal);

        var response = await world.PostAsync("images/generate", $$$"""{"model":"google/nano-banana","contents":{{{contents}}},"parameters":{"width":256,"height":512,"num_images":2}}""");
        var files = await Task.WhenAll(response.Json["data"]!.AsArray().Select(item => world.GetAsync(item!["url"]!.GetValue<string>())));

        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(256 * 256, PngFile.Read(file.Bytes).CountDark(0, 256, 256, 256)));
    }
}
