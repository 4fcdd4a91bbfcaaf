using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.CostApp;

/// <summary>
/// <c>CCApi.Sdk.CostApp list</c> prints the readers. <c>CCApi.Sdk.CostApp cost NAME</c> reads a body and one of twice its size, and prints the bytes, the CPU time of both in
/// milliseconds, the growth of the peak working set in bytes, how many bytes of it each byte of the body may take, and the outcome. <c>CCApi.Sdk.CostApp cancel NAME</c> cancels when half of the larger body was read, and once
/// more when its end was, and prints the CPU time from then to the return, and the outcome, of both.
/// </summary>
internal static class Program
{
    public const string ApiKey = "sk-cost-0123456789abcdef";

    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["list"])
        {
            Console.WriteLine(string.Join('\n', Readers.All.Select(reader => reader.Name)));
            return 0;
        }

        var reader = Readers.All.Append(Readers.Planted).Single(known => known.Name == arguments[1]);
        Console.WriteLine(arguments[0] == "cost" ? await CostAsync(reader) : $"{await CancelAsync(reader, 0.5)} {await CancelAsync(reader, 1)}");
        return 0;
    }

    private static async Task<string> CostAsync(Reader reader)
    {
        await ReadAsync(reader, reader.Size / 16);
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var peakBefore = process.PeakWorkingSet64;

        var (once, _) = await TimeAsync(reader, reader.Size);
        var (twice, outcome) = await TimeAsync(reader, 2L * reader.Size);

        process.Refresh();
        var peak = process.PeakWorkingSet64 - peakBefore;
        return FormattableString.Invariant($"{2L * reader.Size} {once.TotalMilliseconds:0} {twice.TotalMilliseconds:0} {peak} {reader.MemoryPerByte} {outcome}");
    }

    private static async Task<string> CancelAsync(Reader reader, double part)
    {
        await ReadAsync(reader, reader.Size / 16);
        using var cancellation = new CancellationTokenSource();
        var canceledAt = TimeSpan.Zero;

        void CancelAt(double read)
        {
            if (read >= part && !cancellation.IsCancellationRequested)
            {
                canceledAt = CpuTime();
                cancellation.Cancel();
            }
        }

        var outcome = await ReadAsync(reader, 2L * reader.Size, CancelAt, cancellation.Token);
        if (!cancellation.IsCancellationRequested)
        {
            // A stream that ended at its mark is not read to its end.
            return $"0 {outcome}";
        }

        return FormattableString.Invariant($"{(CpuTime() - canceledAt).TotalMilliseconds:0} {outcome}");
    }

    private static async Task<(TimeSpan Time, string Outcome)> TimeAsync(Reader reader, long size)
    {
        GC.Collect();
        var before = CpuTime();
        var outcome = await ReadAsync(reader, size);
        return (CpuTime() - before, outcome);
    }

    private static async Task<string> ReadAsync(Reader reader, long size, Action<double>? onRead = null, CancellationToken cancellationToken = default)
    {
        using var http = new HttpClient(new CannedGateway(reader, size, onRead ?? (_ => { }))) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = new CCApiClient(http, OptionsOf(reader));
        for (var i = 0; i < reader.OtherKeys; i++)
        {
            await client.Chat.CompleteAsync("m", "Hi", cancellationToken: CancellationToken.None);
        }

        try
        {
            await reader.Call(client, cancellationToken);
            return "ok";
        }
#pragma warning disable CA1031 // Which exception it is, is what the tests look at.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.GetType().Name;
        }
    }

    private static CCApiClientOptions OptionsOf(Reader reader)
    {
        var options = new CCApiClientOptions { Retry = { MaxRetries = 0 } };
        if (reader.OtherKeys == 0)
        {
            options.ApiKey = ApiKey;
            return options;
        }

        var keys = 0;
        options.ApiKeyProvider = _ => new ValueTask<string>(keys++ < reader.OtherKeys ? $"{ApiKey[..^4]}{keys:0000}" : ApiKey);

        return options;
    }

    private static TimeSpan CpuTime()
    {
        using var process = Process.GetCurrentProcess();
        return process.UserProcessorTime;
    }
}
