#if NETFRAMEWORK
using System;
using System.Runtime.InteropServices;
using Xunit.Runner.InProc.SystemConsole;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The program on Mono.</summary>
internal static class MonoProgram
{
    public static void Main(string[] args)
    {
        var result = ConsoleRunner.Run(args).GetAwaiter().GetResult();
        Console.Out.Flush();

        // An ordinary end aborts the thread of the timers. Mono crashes when that thread sorts them in that moment, after all tests have passed.
        EndAtOnce(result);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void EndAtOnce(int exitCode);
}
#endif
