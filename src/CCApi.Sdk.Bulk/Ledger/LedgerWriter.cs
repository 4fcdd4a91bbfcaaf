using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// The only thread that uses a ledger. Whatever waits is written in one transaction and committed once: a commit waits for the disk,
/// and many items share it.
/// </summary>
/// <remarks>
/// Operations run in the order in which they were added. After an error nothing more is written, so that what is sent is never
/// ahead of what is recorded.
/// </remarks>
internal sealed class LedgerWriter : IAsyncDisposable
{
    // More would only delay the first of them.
    private const int LargestBatch = 512;

    private readonly Channel<Operation> _operations =
        Channel.CreateUnbounded<Operation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly LedgerFile _file;
    private readonly string _path;
    private readonly Task _writing;
    private BulkLedgerException? _failure;

    private LedgerWriter(LedgerFile file, string path, IReadOnlyDictionary<string, decimal> costs)
    {
        _file = file;
        _path = path;
        RunId = file.RunId;
        TotalCosts = costs;
        _writing = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public string RunId { get; }

    /// <summary>What the items had cost when the ledger was opened, by currency.</summary>
    public IReadOnlyDictionary<string, decimal> TotalCosts { get; }

    /// <exception cref="BulkLedgerException">The ledger cannot be used.</exception>
    public static LedgerWriter Open(string path)
    {
        var file = LedgerFile.Open(path);
        try
        {
            return new LedgerWriter(file, path, file.TotalCosts());
        }
        catch (Exception exception)
        {
            // A second run must be able to open it.
            file.Dispose();
            throw LedgerErrors.From(exception, path);
        }
    }

    /// <summary>Runs an operation; the task ends when it is durable.</summary>
    /// <exception cref="BulkLedgerException">It was not written.</exception>
    public Task<T> RunAsync<T>(Func<LedgerFile, T> action)
    {
        var operation = new Operation<T>(action);
        return _operations.Writer.TryWrite(operation) ? operation.Task : Task.FromException<T>(Closed());
    }

    /// <summary>Runs an operation; the task ends when it is durable.</summary>
    /// <exception cref="BulkLedgerException">It was not written.</exception>
    public Task RunAsync(Action<LedgerFile> action) => RunAsync(file =>
    {
        action(file);
        return true;
    });

    /// <summary>Records the currency of charges, once for all runs.</summary>
    /// <exception cref="BulkLedgerException">It was recorded with another one, or the ledger failed.</exception>
    public async Task UseCurrencyAsync(string currency)
    {
        var recorded = await RunAsync(file => file.UseCurrency(currency)).ConfigureAwait(false);
        if (!string.Equals(recorded, currency, StringComparison.OrdinalIgnoreCase))
        {
            throw LedgerErrors.OtherCurrency(_path, recorded, currency);
        }
    }

    /// <summary>Writes what was added, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _operations.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private static BulkLedgerException Closed() => new("The ledger is closed.");

    private void Write()
    {
        var batch = new List<Operation>();
        while (Wait())
        {
            while (batch.Count < LargestBatch && _operations.Reader.TryRead(out var operation))
            {
                batch.Add(operation);
            }

            WriteBatch(batch);
            batch.Clear();
        }

        _file.Dispose();
    }

    /// <summary>A thread of its own may block: SQLite has no asynchronous calls.</summary>
    private bool Wait() => _operations.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();

    private void WriteBatch(List<Operation> batch)
    {
        try
        {
            if (_failure is null)
            {
                _file.Execute("BEGIN");
                foreach (var operation in batch)
                {
                    operation.Run(_file);
                }

                _file.Execute("COMMIT");
            }
        }
#pragma warning disable CA1031 // Every error ends the run, through the operations that were not written.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _failure = LedgerErrors.From(exception, _path);
            RollBack();
        }

        foreach (var operation in batch)
        {
            operation.End(_failure);
        }
    }

    private void RollBack()
    {
        try
        {
            _file.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself after some errors.
        }
    }

    private abstract class Operation
    {
        public abstract void Run(LedgerFile file);

        public abstract void End(BulkLedgerException? failure);
    }

    private sealed class Operation<T>(Func<LedgerFile, T> action) : Operation
    {
        private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _source.Task;

        public override void Run(LedgerFile file) => _result = action(file);

        public override void End(BulkLedgerException? failure)
        {
            if (failure is null)
            {
                _source.TrySetResult(_result);
                return;
            }

            _source.TrySetException(failure);

            // Some operations are not awaited.
            _ = _source.Task.Exception;
        }
    }
}
