using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace CCApi.Emulator;

/// <summary>Leaves Ctrl+C and the other signals to the program that the emulator runs in. The server's own would swallow them.</summary>
internal sealed class ProgramLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
