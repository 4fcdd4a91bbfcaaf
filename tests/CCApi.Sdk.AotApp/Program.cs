using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using CCApi.Sdk;
using CCApi.Sdk.AotApp;

// Reads and writes every example of the contract (one of each of the 21 schemas at least), natively compiled and without reflection.
var read = new SortedSet<string>(StringComparer.Ordinal);
foreach (var name in Assembly.GetExecutingAssembly().GetManifestResourceNames())
{
    var type = name.Split('.')[0];
    using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
    using var example = JsonDocument.Parse(stream);
    if (!Schemas.All.TryGetValue(type, out var contract))
    {
        Console.Error.WriteLine($"{name}: no contract for {type}");
        return 1;
    }

    var value = example.Deserialize(contract) ?? throw new InvalidOperationException($"{name} was read as null.");
    var written = JsonSerializer.SerializeToElement(value, contract);
    var again = JsonSerializer.SerializeToElement(written.Deserialize(contract)!, contract);
    var isDocumented = name.Contains(".documented", StringComparison.Ordinal);
    if (!JsonElement.DeepEquals(written, again) || (isDocumented && !JsonElement.DeepEquals(example.RootElement, written)))
    {
        Console.Error.WriteLine($"{name}:\n{example.RootElement.GetRawText()}\nwas written back as\n{written.GetRawText()}");
        return 1;
    }

    read.Add(type);
}

var missing = Schemas.All.Keys.Except(read).ToArray();
if (missing.Length > 0)
{
    Console.Error.WriteLine($"No example was read of: {string.Join(", ", missing)}");
    return 1;
}

Console.WriteLine($"{read.Count} schemas read and written.");
if (Environment.GetEnvironmentVariable(CCApiDefaults.BaseUrlVariable) is not null)
{
    await Calls.RunAsync();
}

return Environment.ExitCode;
