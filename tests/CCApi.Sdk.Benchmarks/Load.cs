using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;

namespace CCApi.Sdk.Benchmarks;

/// <summary>Many streams at once over real connections to a server in another process, so that the time of this one is the client's.</summary>
internal static class Load
{
    // As many chunks for every number of streams.
    private const int Streams = 1024;

    public static async Task RunAsync(IReadOnlyList<int> atOnce)
    {
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var address = new Uri(await server.StandardOutput.ReadLineAsync().ConfigureAwait(false) + "/v1/");
            await RunAsync(new Contestants(() => new SocketsHttpHandler(), address), atOnce).ConfigureAwait(false);
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync().ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(Contestants contestants, IReadOnlyList<int> atOnce)
    {
        (string Name, Func<Task<int>> Read)[] clients =
        [
            ("Floor", () => FloorAsync(contestants)),
            ("Limit, as text", () => SumAsync(contestants.Limit.StreamTextAsync(Contestants.LimitRequest(1)))),
            ("Sdk, as text", () => SumAsync(contestants.Sdk.Chat.StreamAsync(Contestants.SdkRequest(1)).ReadTextAsync())),
            ("Sdk, as chunks", () => SdkChunksAsync(contestants)),
            ("OpenAI package", () => OpenAIAsync(contestants)),
        ];
        var length = await clients[0].Read().ConfigureAwait(false);

        Console.WriteLine("| streams at once | client | CPU a chunk | bytes a stream | streams a second |");
        Console.WriteLine("|--:|---|--:|--:|--:|");
        foreach (var number in atOnce)
        {
            foreach (var (name, read) in clients)
            {
                await RepeatAsync(read, Math.Min(number, 64), 128, length).ConfigureAwait(false);
                GC.Collect();
                var (cpu, bytes, clock) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.StartNew());
                await RepeatAsync(read, number, Streams, length).ConfigureAwait(false);
                (cpu, bytes) = (Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - bytes);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {number} | {name} | {cpu.TotalMicroseconds / Streams / Bodies.Chunks:F2} us | {bytes / Streams:N0} | {Streams / clock.Elapsed.TotalSeconds:N0} |"));
            }
        }
    }

    private static Task RepeatAsync(Func<Task<int>> read, int atOnce, int streams, int length) =>
        Parallel.ForEachAsync(Enumerable.Range(0, streams), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) =>
        {
            if (await read().ConfigureAwait(false) is var got && got != length)
            {
                throw new InvalidOperationException($"A stream gave {got} characters instead of {length}.");
            }
        });

    private static async Task<int> FloorAsync(Contestants contestants)
    {
        var length = 0;
        await foreach (var chunk in contestants.Floor.StreamAsync(Contestants.FloorRequest(1) with { Stream = true }).ConfigureAwait(false))
        {
            length += chunk.Choices is [{ Delta.Content: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }

    private static async Task<int> SdkChunksAsync(Contestants contestants)
    {
        var length = 0;
        await foreach (var chunk in contestants.Sdk.Chat.StreamAsync(Contestants.SdkRequest(1)).ConfigureAwait(false))
        {
            length += chunk.Choices is [{ Delta.Content.Text: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }

    private static async Task<int> OpenAIAsync(Contestants contestants)
    {
        var length = 0;
        await foreach (var update in contestants.OpenAIChat.CompleteChatStreamingAsync(Contestants.OpenAIRequest(1)).ConfigureAwait(false))
        {
            length += update.ContentUpdate is [{ Text: { } text }, ..] ? text.Length : 0;
        }

        return length;
    }

    private static async Task<int> SumAsync(IAsyncEnumerable<string> pieces)
    {
        var length = 0;
        await foreach (var text in pieces.ConfigureAwait(false))
        {
            length += text.Length;
        }

        return length;
    }
}
