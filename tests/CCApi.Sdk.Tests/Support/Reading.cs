using System.Text;
using System.Text.Json;
using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Reads one value and checks that the reader stops where it should.</summary>
internal static class Reading
{
    public delegate T Read<T>(ref Utf8JsonReader reader);

    public static T Value<T>(string json, Read<T> read) => Value(Encoding.UTF8.GetBytes(json), read);

    public static T Value<T>(byte[] json, Read<T> read)
    {
        var reader = new Utf8JsonReader(json);
        Assert.True(reader.Read());

        var value = read(ref reader);

        if (value is null)
        {
            // What is unreadable is left to the caller.
            Assert.Equal(0, reader.TokenStartIndex);
            reader.Skip();
        }

        Assert.True(reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject), "The reader is not on the last token.");
        Assert.False(reader.Read());
        return value;
    }

    /// <summary>The same from memory in pieces of one byte.</summary>
    public static T CutValue<T>(string json, Read<T> read)
    {
        var reader = new Utf8JsonReader(CutJson.Cut(Encoding.UTF8.GetBytes(json), 1));
        Assert.True(reader.Read());

        return read(ref reader);
    }
}
