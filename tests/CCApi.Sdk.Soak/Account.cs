using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace CCApi.Sdk.Soak;

/// <summary>What the client knows of each call that costs something. Kept in a file, so that it does not count as memory of the client.</summary>
internal sealed class Account(string path) : IDisposable
{
    private readonly StreamWriter _file = new(path);
    private readonly Lock _gate = new();

    public static IEnumerable<AccountEntry> Read(string path) => File.ReadLines(path).Select(line => line.Split('\t')).Select(
        parts => new AccountEntry(parts[0], Enum.Parse<Payment>(parts[1]), decimal.Parse(parts[2], CultureInfo.InvariantCulture)));

    public void Add(string key, Payment payment, decimal credits)
    {
        lock (_gate)
        {
            _file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key}\t{payment}\t{credits}"));
        }
    }

    public void Dispose() => _file.Dispose();
}
