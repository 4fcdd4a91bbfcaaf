using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Streaming;

public class EventDocumentsTests
{
    [Theory]
    [InlineData("", "", false)]
    [InlineData("{}", "{}", false)]
    [InlineData("{\"a\":1} data: {}\nping\n[DONE]", "{\"a\":1}|{}", true)]
    [InlineData("[{\"choices\":1},[{}, 2]] [3]", "{\"choices\":1}|{}|2|[3]", false)]
    [InlineData("[{\"error\":1}]", "[{\"error\":1}]", false)]
    [InlineData("[1]{}", "[1]|{}", false)]
    [InlineData("[{\"choices\":1}]", "{\"choices\":1}", false)]
    public async Task Next_OfData_GivesEachDocument(string data, string expected, bool sawEndMark)
    {
        // On another thread, so that a walk that never ends fails the test.
        var walked = await Patience.Wait(Task.Run(() => Walk(Encoding.UTF8.GetBytes(data))));

        Assert.Equal((expected, sawEndMark, true), walked);
    }

    [Fact]
    public void Take_OfADocument_IsWhetherNothingFollows()
    {
        var bytes = Encoding.UTF8.GetBytes("{}{}");
        var documents = default(EventDocuments);
        documents.Next(bytes);
        var first = documents.Take(bytes, 2);
        documents.Next(bytes);

        var last = documents.Take(bytes, 2);

        Assert.Equal((false, true), (first, last));
    }

    [Fact]
    public void Start_AfterTheEnd_KeepsTheEndMark()
    {
        var documents = default(EventDocuments);
        documents.Next(Encoding.UTF8.GetBytes("[DONE]"));

        documents.Start();

        Assert.True(documents is { IsStart: true, IsEnd: false, SawEndMark: true });
    }

    private static (string Texts, bool SawEndMark, bool IsEnd) Walk(byte[] bytes)
    {
        var documents = default(EventDocuments);
        var texts = new List<string>();

        while (documents.Next(bytes) is >= 0 and var start)
        {
            var reader = new Utf8JsonReader(bytes.AsSpan(start));
            reader.Read();
            reader.Skip();
            texts.Add(Encoding.UTF8.GetString(bytes, start, (int)reader.BytesConsumed));
            documents.Take(bytes, (int)reader.BytesConsumed);
            Assert.True(texts.Count < 10, "It does not come to the end.");
        }

        return (string.Join("|", texts), documents.SawEndMark, documents.IsEnd);
    }
}
