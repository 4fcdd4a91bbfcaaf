using System.Globalization;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;
using Spectre.Console;

namespace BulkRunner;

/// <summary>Runs the calls, shows how far they are, and writes each outcome as a line.</summary>
internal sealed class Screen(CCApiClient client, BulkOptions options)
{
    private readonly List<string> _unrecorded = [];
    private volatile BulkProgress _last = new();

    /// <summary>Runs a file; returns the state at the end.</summary>
    /// <param name="input">The file with the calls.</param>
    /// <param name="output">The file for the outcomes. A resumed run writes it again, with those of earlier runs.</param>
    /// <param name="stopToken">Ends the run: nothing more is sent, and calls under way finish.</param>
    public async Task<BulkProgress> RunAsync(string input, string output, CancellationToken stopToken)
    {
        try
        {
            await ShowAsync(input, output, stopToken);
        }
        finally
        {
            WriteUnrecorded();
        }

        Console.WriteLine(Summary(_last));
        if (stopToken.IsCancellationRequested)
        {
            Console.WriteLine("Stopped. Calls under way were finished and recorded; continue with --resume.");
        }

        return _last;
    }

    private Task ShowAsync(string input, string output, CancellationToken stopToken) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .AutoClear(true)
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting");
                options.Progress = new Reports(state =>
                {
                    _last = state;
                    bar.MaxValue = Math.Max(1, state.Total ?? 1);
                    bar.Value = state.Finished;
                    var isStopping = stopToken.IsCancellationRequested;
                    bar.Description = Markup.Escape(isStopping ? $"stopping, {state.InFlight} calls under way" : Line(state));
                });
                await WriteAsync(input, output, stopToken);
            });

    private static string Line(BulkProgress state) => string.Create(
        CultureInfo.InvariantCulture,
        $"{state.Finished}/{state.Total}  {state.ItemsPerSecond:f1}/s  {state.Concurrency} at once  "
        + $"{state.RateLimited} x 429  cost {state.Cost:0.######}  {state.Eta:hh\\:mm\\:ss} left");

    private static string Summary(BulkProgress state) => string.Create(
        CultureInfo.InvariantCulture,
        $"{state.Done} done ({state.FromLedger} by earlier runs), {state.Failed} failed, "
        + $"{state.InDoubt} in doubt, {state.NotSent} not sent; cost {state.Cost:0.######}, {state.Elapsed.TotalSeconds:f1} s");

    private async Task WriteAsync(string input, string output, CancellationToken stopToken)
    {
        // What cannot work leaves the output as it is: an input that is missing or is the output by another name, a second run, a ledger
        // that cannot be used.
        await using var held = File.OpenRead(input);
        await using var file = new FileStream(output, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);

        // A line at a time: a run that is killed leaves no half of one, and a full disk is noticed at once.
        await using var writer = new StreamWriter(file) { AutoFlush = true };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopToken);
        IOException? failure = null;
        var isFirst = true;
        await foreach (var outcome in new CCApi.Sdk.Bulk.BulkRunner(client, options).RunFileAsync(input, stop.Token))
        {
            if (isFirst && file.CanSeek && file.Length > 0)
            {
                file.SetLength(0);
            }

            isFirst = false;
            if (outcome.BookkeepingError is not null)
            {
                _unrecorded.Add(outcome.ToJson());
            }

            try
            {
                if (failure is null)
                {
                    await writer.WriteLineAsync(outcome.ToJson());
                }
            }
            catch (IOException exception)
            {
                // The ledger has what this file lacks, and calls under way end in order.
                failure = exception;
                await stop.CancelAsync();
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>Neither the ledger nor, perhaps, the output has these results, which are charged.</summary>
    private void WriteUnrecorded()
    {
        if (_unrecorded.Count > 0)
        {
            Console.WriteLine("These results could not be recorded and are charged. Keep them; a resumed run may report them as in doubt:");
            _unrecorded.ForEach(Console.WriteLine);
        }
    }

    private sealed class Reports(Action<BulkProgress> report) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => report(value);
    }
}
