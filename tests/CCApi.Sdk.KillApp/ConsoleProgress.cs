using System;

namespace CCApi.Sdk.KillApp;

/// <summary>Progress that is written at once, before the work goes on.</summary>
internal sealed class ConsoleProgress<T>(Func<T, string> line) : IProgress<T>
{
    public void Report(T value) => Console.WriteLine(line(value));
}
