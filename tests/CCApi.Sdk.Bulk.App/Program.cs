using System;
using System.Globalization;
using CCApi.Sdk.Bulk.App;

// run: a run that a test kills; the others measure, and print one line for each number.
var number = (int index) => int.Parse(args[index], CultureInfo.InvariantCulture);

static decimal? Decimal(string text) => text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

switch (args[0])
{
    case "run":
        return await KilledRun.RunAsync(new Uri(args[1]), args[2], number(3), number(4), args[5], Decimal(args[6]));
    case "kills":
        return await KillProof.RunAsync(number(1), number(2));
    case "budget":
        return await BudgetProof.RunAsync(number(1), number(2));
    case "throughput":
        return await ThroughputProof.RunAsync(number(1));
    case "durable":
        return await DurableProof.RunAsync(number(1));
    case "memory":
        return await MemoryProof.RunAsync(number(1));
    case "adaptive":
        return await AdaptiveProof.RunAsync(number(1));
    default:
        return 2;
}
