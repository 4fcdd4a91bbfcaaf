using System;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>The results of calls that never leave the thread.</summary>
internal static class Sync
{
    public static void Run(Func<Task> call) => Finished(call()).GetAwaiter().GetResult();

    public static T Run<T>(Func<Task<T>> call)
    {
        var task = call();
        Finished(task);
        return task.GetAwaiter().GetResult();
    }

    private static Task Finished(Task task) => task.IsCompleted ? task : throw new FindingException("A call waits although everything was received.");
}
