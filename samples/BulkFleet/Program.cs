using System.CommandLine;
using BulkFleet;
using CCApi.Sdk.Bulk;
using Samples;

// Starts everything on this machine: the emulator as the gateway, Garnet as the Redis of Orleans, and three silos as processes of
// their own. Then it submits a job, kills silos while it runs, and compares what the gateway charged with what the fleet has recorded.
if (args is ["silo", ..])
{
    return await FleetSilo.RunAsync(SiloSettings.Parse(args));
}

var items = new Option<int>("--items") { Description = "How many items.", DefaultValueFactory = _ => 5000 };
var kills = new Option<int>("--kills") { Description = "How many silos are killed and replaced.", DefaultValueFactory = _ => 1 };
var suspends = new Option<bool>("--suspend") { Description = "One more silo is suspended for 15 s." };
var resend = new Option<bool>("--resend") { Description = "Send again what is in doubt: charges items twice, as a control." };
var limits = new Option<bool>("--limits") { Description = "All silos share a limit of 24 calls at once, and a budget." };
var timings = new Option<string>("--timings") { Description = "Membership timings.", DefaultValueFactory = _ => "short" };
timings.AcceptOnlyFromAmong("default", "short", "fast");
var atOnce = new Option<int>("--partitions-at-once") { Description = "Partitions at once.", DefaultValueFactory = _ => 12 };
var calls = new Option<int>("--calls") { Description = "Calls of a partition at once.", DefaultValueFactory = _ => 8 };
var verbose = new Option<bool>("--verbose") { Description = "Show what the silos log." };

var command = new RootCommand("Runs a bulk job on three silos of this machine, and kills some of them.")
{
    items, kills, suspends, resend, limits, timings, atOnce, calls, verbose,
};
command.AddEnvironmentHelp("Environment:\n  No variable is read: the emulator that the sample starts is called, with keys of its own.");
command.SetAction((arguments, cancellationToken) => Demo.RunAsync(
    new DemoSettings
    {
        Items = arguments.GetValue(items),
        Kills = arguments.GetValue(kills),
        Suspends = arguments.GetValue(suspends),
        InDoubt = arguments.GetValue(resend) ? InDoubtAction.Resend : InDoubtAction.Report,
        HasLimits = arguments.GetValue(limits),
        Timings = arguments.GetValue(timings)!,
        PartitionsAtOnce = arguments.GetValue(atOnce),
        CallsPerPartition = arguments.GetValue(calls),
        IsVerbose = arguments.GetValue(verbose),
    },
    cancellationToken));
return await command.Parse(args).InvokeAsync();
