using CCApi.Emulator;
using CCApi.Sdk;
using ChatConsole;
using Samples;

// A chat in the terminal. Without a key it talks to the emulator, which is the gateway on this machine.
if (SampleHelp.TryWrite(args, "A chat in the terminal, with images, tools, reasoning and costs. /help lists its commands."))
{
    return 0;
}

var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
var isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
try
{
    // Slow enough to be watched, and to be stopped.
    var latency = TimeSpan.FromMilliseconds(isTerminal ? 60 : 0);
    var options = new CCApiEmulatorOptions { Latency = latency };
    await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync(options);
    using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();
    var screen = new Screen(isTerminal);

    screen.Line(hasKey
        ? "CCAPI_API_KEY is set: calling the gateway, which charges every response."
        : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");
    screen.Line("Say something. /help lists the commands, /quit or Ctrl+D leaves.");

    using var interrupts = new Interrupts(screen);
    await new Repl(client, new Conversation(), screen, interrupts).RunAsync();

    return 0;
}
catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException)
{
    Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    return 1;
}
