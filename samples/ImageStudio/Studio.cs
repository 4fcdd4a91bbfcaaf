using System.Collections.Concurrent;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Spectre.Console;

namespace ImageStudio;

/// <summary>Runs jobs at once, shows how far each is, and saves what they made.</summary>
internal sealed class Studio(ImagesClient images, string folder)
{
    private readonly ConcurrentDictionary<string, Order> _unfinished = new(StringComparer.Ordinal);

    /// <summary>The ids of the jobs that were started, and whose images are not all saved.</summary>
    public IEnumerable<string> Unfinished => _unfinished.Keys;

    /// <summary>Makes and saves the images of all orders; if one fails, those of the others still.</summary>
    /// <returns>The files, in the order of the orders.</returns>
    public async Task<IReadOnlyList<string>> MakeAsync(
        IReadOnlyList<Order> orders, CancellationToken cancellationToken)
    {
        // Before anything is charged.
        Directory.CreateDirectory(folder);

        List<Task<IReadOnlyList<string>>> making = [];
        try
        {
            await AnsiConsole.Progress().AutoClear(true).StartAsync(async context =>
            {
                making.AddRange(
                    orders.Select(order => MakeAsync(order, context.AddTask(order.Name), cancellationToken)));
                await Task.WhenAll(making);
            });
        }
        finally
        {
            foreach (var file in making.Where(task => task.IsCompletedSuccessfully).SelectMany(task => task.Result))
            {
                Console.WriteLine($"{Path.GetExtension(file).TrimStart('.')}, {new FileInfo(file).Length:#,0} bytes: {file}");
            }
        }

        return [.. making.SelectMany(task => task.Result)];
    }

    private async Task<IReadOnlyList<string>> MakeAsync(
        Order order, ProgressTask task, CancellationToken cancellationToken)
    {
        var job = await order.StartAsync(images, cancellationToken);
        if (job.Id is { } id)
        {
            _unfinished[id] = order;
        }

        var estimate = job.Latest?.EstimatedTime ?? 0;
        var progress = new Progress<MultimodalImageGenerationResponse>(state =>
        {
            task.Description = Markup.Escape($"{order.Name}: {state.Status}");
            if (state.Data is { Count: > 0 })
            {
                task.Value = 100;
            }
            else if (estimate > 0 && state.EstimatedTime is { } left)
            {
                task.Value = 100 * (1 - (left / estimate));
            }
        });
        MultimodalImageGenerationResponse done;

        try
        {
            done = await job.WaitAsync(progress, cancellationToken: cancellationToken);
        }
        catch (ImageJobFailedException)
        {
            // There is nothing left to wait for.
            _unfinished.TryRemove(job.Id ?? string.Empty, out _);
            throw;
        }

        // The time keeps a second run from meeting the files of the first. No extension: the SDK appends the one of what really came.
        var name = Path.Combine(folder, $"{order.Name}-{DateTime.Now:yyyyMMdd-HHmmss}");
        var files = new List<string>();

        foreach (var image in done.Data!)
        {
            files.Add(await images.SaveAsync(
                image,
                done.Data.Count == 1 ? name : $"{name}-{files.Count + 1}",
                cancellationToken: cancellationToken));
        }

        _unfinished.TryRemove(job.Id ?? string.Empty, out _);
        return files;
    }
}
