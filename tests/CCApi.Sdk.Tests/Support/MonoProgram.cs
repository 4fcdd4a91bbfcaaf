#if NETFRAMEWORK
using System;
using System.Threading;
using Xunit.Runner.InProc.SystemConsole;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The program on Mono.</summary>
internal static class MonoProgram
{
    public static int Main(string[] args)
    {
        var result = ConsoleRunner.Run(args).GetAwaiter().GetResult();
        // The runner queues a guard against hanging threads. Mono crashes when it must abort a thread in that moment, after all tests have passed.
        Thread.Sleep(TimeSpan.FromSeconds(0.2));
        return result;
    }
}
#endif
