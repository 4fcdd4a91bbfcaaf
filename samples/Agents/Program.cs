using Agents;
using CCApi.Emulator;
using CCApi.Sdk;
using Samples;

// An agent of Microsoft Agent Framework, and the tools of an MCP server. Without a key they talk to the emulator, which is the
// gateway on this machine.
if (SampleHelp.TryWrite(args, "Runs an agent of Microsoft Agent Framework, and a model with the tools of an MCP server."))
{
    return 0;
}

const string Model = "openai/gpt-4o-mini";
var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
try
{
    await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync();
    using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();
    Console.WriteLine(hasKey
        ? "CCAPI_API_KEY is set: calling the gateway. This costs a fraction of a cent."
        : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");

    await AgentStep.RunAsync(client, Model);
    await McpStep.RunAsync(client, Model);
    return 0;
}
catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException)
{
    // One line that says what to do; the type and the stack trace are for programs.
    Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    return 1;
}
