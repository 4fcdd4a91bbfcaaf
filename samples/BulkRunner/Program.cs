using System.CommandLine;
using System.CommandLine.Invocation;
using BulkRunner;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;
using Samples;

// Lines of JSON become calls, and outcomes become lines of JSON. A ledger beside the output remembers what was sent, so that a run can
// be stopped, or killed, and resumed. Without a key it calls the emulator, which is the gateway on this machine.
var input = new Argument<FileInfo?>("input")
{
    Description = "The calls, one a line, as in a batch file of OpenAI: custom_id, url, body. "
        + "Default: 200 prompts that come with the sample.",
    Arity = ArgumentArity.ZeroOrOne,
};
var output = new Option<FileInfo>("--out")
{
    Description = "Where the outcomes go.",
    DefaultValueFactory = _ => new FileInfo("outcomes.jsonl"),
};
var resume = new Option<bool>("--resume")
{
    Description = "Continue the run of the ledger beside the output; what is done is not sent again.",
};
var inDoubt = new Option<string>("--in-doubt")
{
    Description = "What happens to calls whose result the last run did not record: "
        + "report them, or resend them with the same idempotency key.",
    DefaultValueFactory = _ => "report",
};
inDoubt.AcceptOnlyFromAmong("report", "resend");
var budget = new Option<decimal?>("--budget")
{
    Description = "US dollars that the run may cost at most, with what earlier runs of the ledger cost; "
        + "a call that may exceed them is not sent.",
};
var tier = new Option<CCApiTier?>("--tier")
{
    Description = "Keep the limits of the tier of the key: Free, Standard or Pro. Default: find out what the gateway accepts.",
};
var media = new Option<DirectoryInfo?>("--media") { Description = "The folder for speech and images." };

var command = new RootCommand("Runs many calls of CCAPI, and can be stopped and resumed.")
{
    input, output, resume, inDoubt, budget, tier, media,
};
command.AddEnvironmentHelp();
command.SetAction(async (arguments, cancellationToken) =>
{
    var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
    try
    {
        var target = arguments.GetValue(output)!;
        var ledger = new FileInfo(target.FullName + ".ledger");
        var resumes = arguments.GetValue(resume);
        if (ledger.Exists && !resumes)
        {
            throw new ArgumentException($"{ledger.FullName} is of a run that was made before: add --resume, or use another --out.");
        }

        if (arguments.GetValue(input)?.FullName == target.FullName)
        {
            throw new ArgumentException($"{target.FullName} is both the input and --out: use another --out.");
        }

        if (arguments.GetValue(budget) <= 0)
        {
            throw new ArgumentException("--budget must be more than 0.");
        }

        var emulated = new CCApiEmulatorOptions { Latency = TimeSpan.FromMilliseconds(150), ConcurrentRequests = 10 };
        await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync(emulated, cancellationToken);
        using var client = Clients.Create(emulator, arguments.GetValue(tier));
        Console.WriteLine(hasKey
            ? "CCAPI_API_KEY is set: calling the gateway. Every call is charged."
            : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");

        var path = arguments.GetValue(input)?.FullName ?? DemoPrompts.Write(target);
        var options = new BulkOptions
        {
            LedgerPath = ledger.FullName,
            InDoubt = arguments.GetValue(inDoubt) == "resend" ? InDoubtAction.Resend : InDoubtAction.LookUp,
            Budget = arguments.GetValue(budget) is { } dollars ? new CCApiBudget(dollars) : null,
            MaxConcurrency = Clients.MostAtOnce(arguments.GetValue(tier)),
            MediaFolder = arguments.GetValue(media)?.FullName,
        };
        var last = await new Screen(client, options).RunAsync(path, target.FullName, cancellationToken);
        Console.WriteLine($"Outcomes: {target.FullName}");
        return last is { Failed: 0, InDoubt: 0, NotSent: 0 } && !cancellationToken.IsCancellationRequested ? 0 : 1;
    }
    catch (Exception exception) when (
        exception is CCApiException or BulkLedgerException or ArgumentException or IOException or UnauthorizedAccessException)
    {
        // One line that states the fix; the type and the stack trace are for programs.
        Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
        return 1;
    }
});

var parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    Console.Error.WriteLine(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

// Ctrl+C: no time limit, because calls under way are charged and their results are worth waiting for.
return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(10) });
