using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Calls;

public class ContentFingerprintTests
{
    [Fact]
    public async Task OfAsync_OfContents_DiffersWithBytesAndHeaders()
    {
        HttpContent[] contents =
        [
            new StringContent("a"),
            new StringContent("b"),
            new StringContent("a", System.Text.Encoding.UTF8, "application/json"),
            new StreamContent(new MemoryStream([1])),
            Form("a", "b"),
            Form("ab", ""),
            Form("b", "a"),
            WithHeader("b", "c"),
            WithHeader("bc"),
            new MultipartContent("mixed"),
            new MultipartFormDataContent(),
            new MultipartContent("mixed") { new MultipartContent("mixed") },
            new MultipartContent("mixed") { new MultipartContent("mixed"), new MultipartContent("mixed") },
        ];

        var fingerprints = await Task.WhenAll(contents.Select(ContentFingerprint.OfAsync));

        Assert.Equal(fingerprints.Length, fingerprints.Distinct().Count());
    }

    [Fact]
    public async Task OfAsync_OfTheSameForm_IsTheSameWithAnotherBoundary() =>
        Assert.Equal(await ContentFingerprint.OfAsync(Form("a", "b")), await ContentFingerprint.OfAsync(Form("a", "b")));

    [Fact]
    public async Task OfAsync_OfAStream_LeavesItReadable()
    {
        using var content = new StreamContent(new MemoryStream([65, 66]));

        var fingerprint = await ContentFingerprint.OfAsync(content);

        Assert.Equal(("AB", fingerprint), (await content.ReadAsStringAsync(), await ContentFingerprint.OfAsync(content)));
    }

    private static ByteArrayContent WithHeader(params string[] values)
    {
        var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("X-Part", values);
        return content;
    }

    private static MultipartFormDataContent Form(string model, string text) =>
        new() { { new StringContent(model), "model" }, { new StringContent(text), "text" } };
}
