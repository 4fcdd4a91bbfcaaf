using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Tests.Support;

/// <summary>How long a test waits for what must happen at once, before it fails instead of hanging.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Wait(Task task)
    {
        if (await Task.WhenAny(task, Task.Delay(Limit)) != task)
        {
            throw new TimeoutException("What the test waits for did not happen.");
        }

        await task;
    }

    public static async Task<T> Wait<T>(Task<T> task)
    {
        await Wait((Task)task);
        return await task;
    }
}
