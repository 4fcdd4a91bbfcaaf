using System;
using System.Collections.Generic;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Chat.Requests;

public class ChatRequestValidationTests
{
    private const string NoModel = "The request names no model: set Model, or Models for failover.";
    private const string NoMessages = "The request has no messages: add at least one, such as ChatMessage.User(\"...\").";
    private const string NoRole = "A message has no role: create it with ChatMessage.User, ChatMessage.System, ChatMessage.Assistant or ChatMessage.Tool, or set Role.";

    /// <summary>Requests that cannot be sent, by name, and what is said of them.</summary>
    public static IReadOnlyDictionary<string, (ChatCompletionRequest Request, string Message)> Wrong { get; } = new Dictionary<string, (ChatCompletionRequest, string)>
    {
        ["no model"] = (New(null!), NoModel),
        ["empty model"] = (New(""), NoModel),
        ["blank model"] = (New(" "), NoModel),
        ["no model and no models"] = (New("", models: []), NoModel),
        ["an empty id in models"] = (New("m", models: ["a", ""]), "Models holds an empty id."),
        ["null in models"] = (New("", models: [null!]), "Models holds an empty id."),
        ["null messages"] = (new ChatCompletionRequest { Model = "m", Messages = null! }, NoMessages),
        ["no messages"] = (new ChatCompletionRequest { Model = "m", Messages = [] }, NoMessages),
        ["a null message"] = (New("m", messages: [null!]), NoRole),
        ["a message without a role"] = (New("m", messages: [ChatMessage.User("a"), new ChatMessage { Content = "b" }]), NoRole),
        ["a message with an empty role"] = (New("m", messages: [new ChatMessage { Role = "", Content = "b" }]), NoRole),
    };

    public static TheoryData<string> WrongNames() => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void Check_OfAWrongRequest_SaysTheFix(string name)
    {
        var (request, message) = Wrong[name];

        var exception = Assert.Throws<ArgumentException>(() => ChatRequestValidation.Check(request));

        Assert.Equal(("request", message), (exception.ParamName, exception.Message.Substring(0, message.Length)));
    }

    [Fact]
    public void Check_OfNull_NamesTheParameter()
    {
        var exception = Assert.Throws<ArgumentNullException>(() => ChatRequestValidation.Check(null!));

        Assert.Equal("request", exception.ParamName);
    }

    [Fact]
    public void Check_OfModelsAlone_IsFine()
    {
        var exception = Record.Exception(() => ChatRequestValidation.Check(New(null!, models: ["a", "b"])));

        Assert.Null(exception);
    }

    [Fact]
    public void FromPrompt_OfBoth_IsAQuestion()
    {
        var request = ChatRequestValidation.FromPrompt("m", "Hi");

        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", Wire.Write(request));
    }

    [Theory]
    [InlineData(null, "Hi", "model")]
    [InlineData("", "Hi", "model")]
    [InlineData(" ", "Hi", "model")]
    [InlineData("m", null, "prompt")]
    [InlineData("m", "", "prompt")]
    [InlineData("m", "\n", "prompt")]
    public void FromPrompt_OfNothing_NamesTheParameter(string? model, string? prompt, string parameter)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => ChatRequestValidation.FromPrompt(model!, prompt!));

        Assert.Equal(parameter, exception.ParamName);
    }

    private static ChatCompletionRequest New(string model, string[]? models = null, ChatMessage[]? messages = null) =>
        new() { Model = model, Models = models, Messages = messages ?? [ChatMessage.User("Hi")] };
}
