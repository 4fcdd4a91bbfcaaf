using System;
using System.Linq;
using CCApi.Sdk.Benchmarks;

// ratios [name ...]   every benchmark (or the named ones) beside the floor, the limit and the OpenAI package
// load [streams ...]  many streams at once over real connections
switch (args.FirstOrDefault() ?? "ratios")
{
    case "ratios":
        Ratios.Run([.. args.Skip(1)]);
        return 0;
    case "load":
        await Load.RunAsync([.. args.Skip(1).Select(int.Parse)]);
        return 0;
    case "profile":
        await Profile.RunAsync(args[1], args[2], int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("Say ratios, load or profile; README.md tells what each takes.");
        return 1;
}
