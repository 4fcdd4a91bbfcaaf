using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

/// <summary>Runs one client of one benchmark many times, for a profiler, and says the bytes of each call.</summary>
internal static class Profile
{
    public static async Task RunAsync(string benchmark, string client, int calls)
    {
        var type = typeof(Profile).Assembly.GetTypes().Single(type => type.Name == benchmark);
        var run = type.GetMethod(client)!;
        var target = Activator.CreateInstance(type)!;
        for (var i = 0; i < 50; i++)
        {
            await CallAsync(run, target);
        }

        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++)
        {
            await CallAsync(run, target);
        }

        clock.Stop();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Console.WriteLine($"{benchmark}.{client}: {bytes / calls:N0} bytes and {clock.Elapsed.TotalMicroseconds / calls:N1} us each");
    }

    private static Task CallAsync(MethodInfo run, object target) => (Task)run.Invoke(target, null)!;
}
