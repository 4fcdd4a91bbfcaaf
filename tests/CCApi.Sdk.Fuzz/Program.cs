using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Fuzz;
using SharpFuzz;

// <target>                    one input from stdin, or as many as AFL has
// <target> --replay <path>    the files of a folder, or one file
if (args.Length is not (1 or 3) || !FuzzTargets.All.TryGetValue(args[0], out var target) || (args.Length == 3 && args[1] != "--replay"))
{
    Console.Error.WriteLine($"Usage: CCApi.Sdk.Fuzz {string.Join('|', FuzzTargets.All.Keys)} [--replay <file or folder>]");
    return 2;
}

if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(input =>
    {
        using var copy = new MemoryStream();
        input.CopyTo(copy);
        FuzzTargets.Run(target, copy.ToArray());
    });
    return 0;
}

var files = Directory.Exists(args[2]) ? Directory.GetFiles(args[2]).Where(file => Path.GetFileName(file) != "README.txt").Order(StringComparer.Ordinal).ToArray() : [args[2]];
var findings = 0;
foreach (var file in files)
{
    var run = Task.Run(() => FuzzTargets.Run(target, File.ReadAllBytes(file)));
    var finding = await Task.WhenAny(run, Task.Delay(FuzzTargets.Hang)) != run ? "it hangs" : run.Exception?.InnerException?.ToString();
    Console.WriteLine($"{file}: {finding ?? "ok"}");
    findings += finding is null ? 0 : 1;
}

Console.WriteLine($"{files.Length} files, {findings} findings");
return findings > 0 ? 1 : 0;
