using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Fuzz;
using SharpFuzz;

// <target>                                   one input from stdin, or as many as AFL has
// <target> --replay <path>                   the files of a folder, or one file
// <target>|all --executions <n> [--seed <n>] mutated seeds, in this process
// all --replay <folder>                      a folder per target
var targets = FuzzTargets.All;
switch (args)
{
    case [var name] when targets.TryGetValue(name, out var target):
        Fuzzer.OutOfProcess.Run(input =>
        {
            using var copy = new MemoryStream();
            input.CopyTo(copy);
            FuzzTargets.Run(target, copy.ToArray());
        });
        return 0;
    case [var name, "--replay", var path] when targets.TryGetValue(name, out var target):
        return Replay([.. FuzzFiles.Files(path).Select(file => (target, file))]);
    case ["all", "--replay", var folder]:
        return Replay([.. targets.Where(target => Directory.Exists(Path.Combine(folder, target.Key)))
            .SelectMany(target => FuzzFiles.Files(Path.Combine(folder, target.Key)).Select(file => (target.Value, file)))]);
    case [var name, "--executions", var count, .. var rest] when (name == "all" || targets.ContainsKey(name)) && (rest is [] or ["--seed", _]):
        var seed = rest is [_, var text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        var names = name == "all" ? targets.Keys.ToArray() : [name];
        var executions = long.Parse(count, CultureInfo.InvariantCulture);
        return names.Sum(one => Task.Run(() => new Campaign(one, targets[one], seed).RunAsync(executions)).GetAwaiter().GetResult()) > 0 ? 1 : 0;
    default:
        Console.Error.WriteLine($"Usage: CCApi.Sdk.Fuzz {string.Join('|', targets.Keys)} [--replay <file or folder>], or <target>|all --executions <n> [--seed <n>]");
        return 2;
}

static int Replay(IReadOnlyList<(Func<byte[], Task> Target, string File)> inputs)
{
    var findings = 0;
    foreach (var (target, file) in inputs)
    {
        Exception? exception = null;
        var thread = new Thread(() => exception = ErrorOf(target, File.ReadAllBytes(file))) { IsBackground = true };
        thread.Start();
        var finding = thread.Join(FuzzTargets.Hang) ? exception?.ToString() : "it hangs";
        Console.WriteLine($"{file}: {finding ?? "ok"}");
        findings += finding is null ? 0 : 1;
    }

    Console.WriteLine($"{inputs.Count} files, {findings} findings");
    return findings > 0 ? 1 : 0;
}

static Exception? ErrorOf(Func<byte[], Task> target, byte[] input)
{
    try
    {
        FuzzTargets.Run(target, input);
        return null;
    }
#pragma warning disable CA1031 // Any exception is a finding.
    catch (Exception exception)
#pragma warning restore CA1031
    {
        return exception;
    }
}
