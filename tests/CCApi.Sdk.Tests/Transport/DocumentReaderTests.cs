using System.Collections.Generic;
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Transport;

public class DocumentReaderTests
{
    [Fact]
    public void Of_AReadThatWasLast_IsTheSameReader()
    {
        var first = DocumentReader<Document>.Of(Document.ReadFrom);
        var second = DocumentReader<Document>.Of(Document.ReadFrom);
        var other = DocumentReader<Document>.Of(Document.ReadSingle);

        Assert.Same(first, second);
        Assert.NotSame(first, other);
    }

    /// <summary>A type that no other test reads.</summary>
    private sealed class Document : IApiResponse
    {
        public CCApiResponseInfo? Info { get; set; }

        public bool HasPayload => true;

        public IDictionary<string, JsonElement>? AdditionalProperties => null;

        public static Document? ReadFrom(ref Utf8JsonReader reader) => null;

        public static Document? ReadSingle(ref Utf8JsonReader reader) => new();
    }
}
