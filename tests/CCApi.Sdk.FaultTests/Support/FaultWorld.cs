using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;
using CCApi.Emulator;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.FaultTests.Support;

/// <summary>What all cells share: the emulator, with a job and an image in it, and what came of the cells.</summary>
public sealed class FaultWorld : IAsyncLifetime
{
    /// <summary>Where the page of the table is written to, after all cells; not set: nowhere.</summary>
    private const string PageVariable = "CCAPI_FAULTS_PAGE";

    private readonly ConcurrentDictionary<(string Fault, CallKind Call), Expectation> _results = new();

    internal static string Root { get; } =
        Array.Find([.. typeof(FaultWorld).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()], metadata => metadata.Key == "RepositoryRoot")!.Value!;

    internal CCApiEmulator Emulator { get; private set; } = null!;

    internal string JobId { get; private set; } = "";

    internal string ImagePath { get; private set; } = "";

    internal byte[] Image { get; private set; } = [];

    internal string Text { get; private set; } = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Emulator = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { MediaPort = null, JobDuration = TimeSpan.Zero, Credits = 1_000_000 });
        using var client = Emulator.CreateClient();
        var job = await client.Images.StartAsync(new MultimodalImageGenerationRequest { Model = "imaginepro/nano-banana", Contents = [new MultimodalInputContent { Text = "A fox." }] });
        JobId = job.Id!;
        var image = (await client.Images.GenerateAsync(Calls.ImageRequest)).Data![0];
        ImagePath = new Uri(image.Url!).AbsolutePath;
        using var stream = await client.Images.OpenReadAsync(image);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        Image = bytes.ToArray();
        Text = (await client.Chat.CompleteAsync(Calls.Model, Calls.Prompt)).Text!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        if (Environment.GetEnvironmentVariable(PageVariable) is { Length: > 0 } page && !_results.IsEmpty)
        {
            await File.WriteAllTextAsync(page, FaultDocument.Write(_results));
        }
    }

    internal void Keep(string fault, CallKind call, Expectation actual) => _results[(fault, call)] = actual;
}
