using CCApi.Emulator;
using CCApi.Sdk;
using Quickstart;
using Samples;

// Everything that the SDK does, one step after the other. Without a key it talks to the emulator, which is the gateway on this machine.
if (SampleHelp.TryWrite(args, "Shows every operation of the SDK, one after the other, and what they cost."))
{
    return 0;
}

var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
var folder = Path.Combine(Environment.CurrentDirectory, "quickstart-files");
try
{
    await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync();
    using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();
    Console.WriteLine(hasKey
        ? "CCAPI_API_KEY is set: calling the gateway. This costs a few cents."
        : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");

    await CatalogStep.RunAsync(client);
    var credits = await ChatStep.RunAsync(client);
    credits += await SpeechStep.RunAsync(client, folder);
    await ImageStep.RunAsync(client, folder);

    Output.Title("5. What it cost");
    Console.WriteLine(emulator is null
        ? $"The responses report {credits:0.######} credits; images do not report theirs."
        : $"{emulator.Ledger.Spent:0.######} credits in {emulator.Ledger.Charges.Count} charges; "
            + $"{emulator.Ledger.Balance:0.######} are left.");

    return 0;
}
catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException or UnauthorizedAccessException)
{
    // One line that says what to do; the type and the stack trace are for programs.
    Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    return 1;
}
