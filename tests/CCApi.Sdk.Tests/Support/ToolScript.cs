using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A model that calls tools as a test says, and the steps of the run in words.</summary>
internal sealed class ToolScript
{
    public ChatScript Gateway { get; } = new();

    public ChatTools Tools { get; } = [];

    public List<ChatRunStep> Steps { get; } = [];

    public ChatDoneStep Done => (ChatDoneStep)Steps[Steps.Count - 1];

    /// <summary>A call in a message, as <c>id name arguments</c>.</summary>
    public static string Call(string call)
    {
        var parts = call.Split([' '], 3);
        return $$$"""{"id":"{{{parts[0]}}}","type":"function","function":{"name":"{{{parts[1]}}}","arguments":{{{Wire.Quote(parts[2])}}}}}""";
    }

    public static string Calls(params string[] calls) => $$"""{"role":"assistant","content":null,"tool_calls":[{{string.Join(",", calls.Select(Call))}}]}""";

    /// <summary>The model's next turn: calls of tools.</summary>
    public ToolScript Turn(params string[] calls) => Respond(Calls(calls), "tool_calls");

    /// <summary>The model's next turn: a message.</summary>
    public ToolScript Respond(string message = """{"role":"assistant","content":"Done."}""", string finishReason = "stop", int tokens = 10)
    {
        Gateway.Respond(ChatScript.Plain(message, finishReason, tokens), "application/json");
        return this;
    }

    /// <summary>A tool that takes a city and says this.</summary>
    public ToolScript Tool(string name, Func<string, CancellationToken, Task<string>> run)
    {
        Tools.Add(name, name, SampleJson.Default.CityArgs, (args, cancellationToken) => run(args.City, cancellationToken));
        return this;
    }

    public ToolScript Tool(string name, Func<string, string> run) => Tool(name, (city, _) => Task.FromResult(run(city)));

    public async Task<ToolScript> RunAsync(ChatRunOptions? runOptions = null, CCApiRequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        await foreach (var step in Gateway.CreateClient().RunAsync(ChatScript.Request, Tools, runOptions, options, cancellationToken))
        {
            Steps.Add(step);
        }

        return this;
    }

    /// <summary>The steps, a line each.</summary>
    public override string ToString() => string.Join("\n", Steps.Select(step => step switch
    {
        ChatReasoningStep thought => $"thought {thought.Text}",
        ChatTextStep text => $"text {text.Text}",
        ChatTurnStep turn => $"turn {turn.Text}",
        ChatToolCallStep call => $"call {call.Name}({call.Arguments})",
        ChatToolResultStep result => $"{(result.IsError ? "error" : "result")} {result.Name}: {result.Content}",
        ChatDoneStep done => $"done {done.End} {done.Text}",
        _ => throw new InvalidOperationException($"{step}"),
    }));
}
