using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Samples;
using ToolsAndTypes;

// A model that calls three tools, and then responds with an object. Without a key it talks to the emulator, which is the
// gateway on this machine.
if (SampleHelp.TryWrite(args, "Lets a model call three tools, and then respond with an object.", "[<prompt>] [options]"))
{
    return 0;
}

var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
try
{
    await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync();
    using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();
    Console.WriteLine(hasKey
        ? "CCAPI_API_KEY is set: calling the gateway. This costs a fraction of a cent."
        : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");

    const string Demo =
        "How is the weather in Oslo, what time is it there, and how much NOK currency do I get for 250 EUR?";
    var question = args.Length > 0 ? string.Join(' ', args) : Demo;
    Console.WriteLine($"\n> {question}");

    var request = new ChatCompletionRequest { Model = "openai/gpt-4o-mini", Messages = [ChatMessage.User(question)] };
    var conversation = request.Messages;

    await foreach (var step in client.Chat.RunAsync(request, TravelTools.Create()))
    {
        switch (step)
        {
            case ChatToolCallStep call:
                Console.WriteLine($"  {call.Name}({call.Arguments})");
                break;
            case ChatToolResultStep result:
                Console.WriteLine($"  {result.Name}: {result.Content}");
                break;
            case ChatDoneStep done:
                Console.WriteLine($"{done.Text}\n({done.Turns} turns, {done.Usage?.TotalTokens} tokens, {done.End})");
                conversation = done.Messages;
                break;
        }
    }

    const string Task = "Make a plan for one day in Oslo of it, with a budget of 250 EUR.";
    Console.WriteLine($"\n> {Task}");

    var next = new ChatCompletionRequest
    {
        Model = request.Model,
        Messages = [.. conversation, ChatMessage.User(Task)],
    };
    var completion = await client.Chat.CompleteAsync(next, AppJson.Default.TripPlan);
    var plan = completion.Value;

    Console.WriteLine($"City:   {plan.City}");
    Console.WriteLine($"Pack:   {string.Join(", ", plan.Pack)}");
    Console.WriteLine($"Budget: {plan.Budget} EUR");
    Console.WriteLine($"({completion.Usage?.TotalTokens} tokens)");

    return 0;
}
catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException)
{
    // One line that says what to do; the type and the stack trace are for programs.
    Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    return 1;
}
