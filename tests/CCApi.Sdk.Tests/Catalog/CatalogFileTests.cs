using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Catalog;

public sealed class CatalogFileTests : IDisposable
{
    private static readonly DateTimeOffset _time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SaveAsync_ThenLoadAsync_KeepsEverything()
    {
        const string Model = """{"id":"acme/one ü","pricing":{"prompt":"1e-7","completion":"0.0000002"},"unknown":{"a":[1,2.50,null]}}""";
        var catalog = ModelCatalog.FromModels([Wire.Read<ModelSummary>(Model), new ModelSummary { Id = "acme/😀" }], _time);
        var path = _folder.At("models.json");

        await catalog.SaveAsync(path);
        var loaded = await ModelCatalog.LoadAsync(path);

        Assert.Equal(_time, loaded.RetrievedAt);
        Assert.Equal(["acme/one ü", "acme/😀"], loaded.Models.Select(model => model.Id));
        Assert.Equal(Model, Wire.Write(loaded.Models[0].Summary));
        Assert.Equal(catalog.Models[0].Price.ToString(), loaded.Models[0].Price.ToString());
        Assert.Equal(["models.json"], _folder.Files);
    }

    [Fact]
    public async Task SaveAsync_OfACatalog_IsAModelList()
    {
        using var stream = new MemoryStream();

        await ModelCatalog.FromModels([new ModelSummary { Id = "a" }], _time).SaveAsync(stream);

        Assert.Equal("""{"object":"list","retrieved_at":"2026-01-02T03:04:05.6780000+02:00","data":[{"id":"a"}]}""", Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public async Task SaveAsync_OverAFile_ReplacesIt()
    {
        var path = _folder.At("models.json");
        File.WriteAllText(path, "old");

        await ModelCatalog.FromModels([]).SaveAsync(path);

        Assert.Empty((await ModelCatalog.LoadAsync(path)).Models);
    }

    [Fact]
    public async Task SaveAsync_ThatIsCanceled_LeavesTheOldFile()
    {
        var path = _folder.At("models.json");
        File.WriteAllText(path, "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ModelCatalog.FromModels([]).SaveAsync(path, new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["models.json"], _folder.Files);
    }

    [Theory]
    [InlineData("""{"object":"list","data":[{"id":"a"}]}""")]
    [InlineData("""[{"id":"a"}]""")]
    [InlineData("\uFEFF{\"models\":[{\"name\":\"a\"}]}")]
    [InlineData("""{"retrieved_at":"yesterday","result":[{"id":"a"}],"success":true}""")]
    [InlineData("""{"retrieved_at":{},"data":[{"id":"a"},null,{}]}""")]
    public async Task LoadAsync_OfAnyModelList_HasTheModelsOfUnknownAge(string json)
    {
        var catalog = await LoadAsync(json);

        Assert.Equal(["a"], catalog.Models.Select(model => model.Id));
        Assert.Equal(DateTimeOffset.MinValue, catalog.RetrievedAt);
    }

    [Theory]
    [InlineData("", "The file is not JSON, or is truncated: save the catalog again.")]
    [InlineData("""{"data":[{"id":"a"}""", "The file is not JSON, or is truncated: save the catalog again.")]
    [InlineData("not JSON", "The file is not JSON, or is truncated: save the catalog again.")]
    [InlineData("{}", "The file has no list of models: save the catalog again.")]
    [InlineData("7", "The file has no list of models: save the catalog again.")]
    public async Task LoadAsync_OfAnythingElse_SaysTheFix(string json, string expected)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync(json));

        Assert.Equal(expected, exception.Message);
    }

    [Fact]
    public async Task LoadAsync_OfTooManyValues_SaysTheFix()
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => LoadAsync($"[{string.Concat(Enumerable.Repeat("{},", 1_000_000))}{{}}]"));

        Assert.Equal("The file has too many JSON values to be a catalog: save it again.", exception.Message);
    }

    [Fact]
    public async Task LoadAsync_WithPriceOptions_ReadsPricesByThem()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("""[{"id":"a","pricing":{"input":1,"output":2}}]"""));

        var catalog = await ModelCatalog.LoadAsync(stream, new ModelPriceOptions { UnstatedTokens = 1_000_000 });

        Assert.True(catalog.Models[0].Price.IsKnown);
    }

    [Fact]
    public async Task LoadAsync_OfNoFile_Throws()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => ModelCatalog.LoadAsync(_folder.At("none.json")));
        await Assert.ThrowsAsync<ArgumentException>(() => ModelCatalog.LoadAsync(" "));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ModelCatalog.LoadAsync((Stream)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ModelCatalog.FromModels([]).SaveAsync((Stream)null!));
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => ModelCatalog.FromModels([]).SaveAsync(_folder.At("no/such/file.json")));
    }

    private static async Task<ModelCatalog> LoadAsync(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return await ModelCatalog.LoadAsync(stream);
    }
}
