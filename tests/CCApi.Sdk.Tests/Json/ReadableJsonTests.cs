using CCApi.Sdk.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Json;

public class ReadableJsonTests
{
    [Fact]
    public void Write_OfAnyScript_WritesTheCharacters() =>
        Assert.Equal("\"Größe <世界> 👨‍👩‍👧 \u00a0\u3000 \\\"+\\\" \\n\"", ReadableJson.Write(writer => writer.WriteStringValue("Größe <世界> 👨‍👩‍👧 \u00a0\u3000 \"+\" \n")));
}
