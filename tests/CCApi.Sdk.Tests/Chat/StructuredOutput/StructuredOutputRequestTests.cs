using System.Collections.Generic;
using System.Text.Json;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.StructuredOutput;

public class StructuredOutputRequestTests
{
    private static readonly JsonElement _schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    [Theory]
    [InlineData(true, ",\"strict\":true")]
    [InlineData(false, "")]
    public void Create_OfASchema_SendsIt(bool isStrict, string expected)
    {
        var request = StructuredOutputRequest.Create(ChatScript.Request, "City", _schema, isStrict, StructuredOutputFormat.Schema, []);

        Assert.Equal(
            """{"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema","json_schema":{"name":"City","schema":{"type":"object"}STRICT}}}"""
                .Replace("STRICT", expected),
            Wire.Write(request));
    }

    [Fact]
    public void Create_OfAnyObject_PutsTheSchemaIntoAMessage() => Assert.Equal(
        """{"model":"m","messages":[{"role":"system","content":"Respond with only JSON that matches this JSON schema: {\"type\":\"object\"}"},{"role":"user","content":"Hi"}],"response_format":{"type":"json_object"}}""",
        Wire.Write(StructuredOutputRequest.Create(ChatScript.Request, "City", _schema, true, StructuredOutputFormat.Object, [])));

    [Fact]
    public void Create_OfText_PutsTheSchemaIntoAMessageOnly() => Assert.Equal(
        """{"model":"m","messages":[{"role":"system","content":"Respond with only JSON that matches this JSON schema: {\"type\":\"object\"}"},{"role":"user","content":"Hi"}]}""",
        Wire.Write(StructuredOutputRequest.Create(ChatScript.Request, "City", _schema, true, StructuredOutputFormat.Text, [])));

    [Fact]
    public void Create_WithInstructions_KeepsThemFirst()
    {
        IReadOnlyList<ChatMessage> messages = [ChatMessage.System("a"), new() { Role = ChatRole.Developer, Content = "b" }, ChatMessage.User("c"), ChatMessage.System("d")];
        var request = new ChatCompletionRequest { Model = "m", Messages = messages };

        var made = StructuredOutputRequest.Create(request, "City", _schema, true, StructuredOutputFormat.Object, [StructuredOutputRequest.Correction("$.a is missing.")]);

        Assert.Equal(
            """
            {"model":"m","messages":[{"role":"system","content":"a"},{"role":"developer","content":"b"},
            {"role":"system","content":"Respond with only JSON that matches this JSON schema: {\"type\":\"object\"}"},{"role":"user","content":"c"},{"role":"system","content":"d"},
            {"role":"user","content":"That response cannot be used: $.a is missing. Respond again with only JSON that matches the schema."}],"response_format":{"type":"json_object"}}
            """.Replace("\r", "").Replace("\n", ""),
            Wire.Write(made));
        Assert.Same(messages, request.Messages);
    }

    [Theory]
    [InlineData("City", "City")]
    [InlineData("List`1", "List_1")]
    [InlineData("String[]", "String")]
    [InlineData("Größe", "Gr__e")]
    [InlineData("世界", "response")]
    public void Create_OfAName_SendsWhatIsAllowed(string name, string expected)
    {
        var request = StructuredOutputRequest.Create(ChatScript.Request, name, _schema, true, StructuredOutputFormat.Schema, []);

        Assert.Equal(expected, request.ResponseFormat!.JsonSchema!.Name);
    }

    [Fact]
    public void Create_OfALongName_CutsIt()
    {
        var request = StructuredOutputRequest.Create(ChatScript.Request, new string('a', 65), _schema, true, StructuredOutputFormat.Schema, []);

        Assert.Equal(64, request.ResponseFormat!.JsonSchema!.Name!.Length);
    }
}
