using System;
using System.IO;
using System.Linq;

namespace CCApi.Sdk.Tests.Support;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Directory.CreateDirectory(Root);

    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"ccapi-tests-{Guid.NewGuid():N}");

    /// <summary>The names of all files in it, at any depth.</summary>
    public string[] Files => [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(file => file.Substring(Root.Length + 1)).OrderBy(file => file, StringComparer.Ordinal)];

    public string At(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
