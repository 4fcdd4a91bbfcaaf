using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace CCApi.Sdk.Bulk;

/// <summary>
/// Sends many items through one client: chat, structured output, speech and images, with a concurrency that adapts to the gateway
/// and a ledger that survives the process.
/// </summary>
/// <remarks>
/// With a ledger, an item is recorded as sent, durably, before its request leaves. So nothing is sent twice unasked: after a crash, at
/// most what was in flight is in doubt, and it is listed. Thread-safe; each run is independent of the others, but two cannot use one
/// ledger. The retries of the client are off during a run, which has its own: <see cref="BulkOptions.MaxRounds"/>.
/// </remarks>
/// <example><code>
/// var runner = new BulkRunner(client, new BulkOptions { LedgerPath = "run.ledger" });
/// await foreach (var outcome in runner.RunFileAsync("prompts.jsonl"))
/// {
///     Console.WriteLine($"{outcome.Id}: {outcome.Text ?? outcome.Error?.Message}");
/// }
/// </code></example>
public sealed class BulkRunner
{
    private readonly CCApiClient _client;
    private readonly BulkOptions _options;

    /// <summary>Creates a runner.</summary>
    /// <param name="client">The client; it stays the caller's.</param>
    /// <param name="options">The settings; null for the defaults. They are copied.</param>
    /// <exception cref="ArgumentException">A setting is wrong; the message states the fix.</exception>
    public BulkRunner(CCApiClient client, BulkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = (options ?? new BulkOptions()).CheckedCopy();
    }

    /// <summary>Runs items and returns one outcome for each.</summary>
    /// <param name="items">The items. They are read as they are needed.</param>
    /// <param name="stopToken">
    /// Ends the run in order: nothing more is sent, calls under way finish, and the sequence ends without an exception. Items without
    /// an outcome were not sent, or wait to be sent again; a resumed run sends them.
    /// </param>
    /// <param name="cancellationToken">
    /// Ends the run: calls under way are canceled, and in doubt. What was not sent keeps what the ledger holds of it.
    /// </param>
    /// <exception cref="BulkLedgerException">
    /// The ledger cannot be used, or failed; outcomes that were obtained are returned before.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    /// <remarks>
    /// Leaving the loop ends the run like <paramref name="stopToken"/>, and waits for the calls under way. However it ends, the token
    /// of the input is canceled; input that ignores it is awaited.
    /// </remarks>
#pragma warning disable CA1068 // The token that every method has is the last one.
    public IAsyncEnumerable<BulkOutcome> RunAsync(
        IAsyncEnumerable<BulkItem> items, CancellationToken stopToken = default, CancellationToken cancellationToken = default)
#pragma warning restore CA1068
    {
        ArgumentNullException.ThrowIfNull(items);
        return RunInputAsync(_options, InputOf(items), stopToken, cancellationToken);
    }

    /// <summary>Runs items and returns one outcome for each.</summary>
    /// <param name="items">The items. They are read as they are needed, on a thread of the run.</param>
    /// <param name="stopToken">Ends the run in order: nothing more is sent, and calls under way finish.</param>
    /// <param name="cancellationToken">Ends the run: calls under way are canceled, and in doubt.</param>
    /// <exception cref="BulkLedgerException">
    /// The ledger cannot be used, or failed; outcomes that were obtained are returned before.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
#pragma warning disable CA1068 // The token that every method has is the last one.
    public IAsyncEnumerable<BulkOutcome> RunAsync(
        IEnumerable<BulkItem> items, CancellationToken stopToken = default, CancellationToken cancellationToken = default)
#pragma warning restore CA1068
    {
        ArgumentNullException.ThrowIfNull(items);
        return RunInputAsync(_options, InputOf(items), stopToken, cancellationToken);
    }

    /// <summary>Runs the lines of a JSONL file in the format of OpenAI's batch files, and returns one outcome for each.</summary>
    /// <param name="path">
    /// The file. Each line has a <c>custom_id</c>, a <c>url</c> (a chat completion without one) and a <c>body</c>; a line that cannot be
    /// read is an outcome with its number, and the rest runs.
    /// </param>
    /// <param name="stopToken">Ends the run in order: nothing more is sent, and calls under way finish.</param>
    /// <param name="cancellationToken">Ends the run: calls under way are canceled, and in doubt.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BulkLedgerException">The ledger cannot be used, or failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
#pragma warning disable CA1068 // The token that every method has is the last one.
    public async IAsyncEnumerable<BulkOutcome> RunFileAsync(
        string path, CancellationToken stopToken = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
#pragma warning restore CA1068
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var options = _options.CheckedCopy();
        options.Total ??= await JsonLines.CountAsync(path, options.MaxLineBytes, cancellationToken).ConfigureAwait(false);
        var input = JsonLines.ReadAsync(path, options.MaxLineBytes, cancellationToken);
        await foreach (var outcome in RunInputAsync(options, input, stopToken, cancellationToken).ConfigureAwait(false))
        {
            yield return outcome;
        }
    }

    private static async ValueTask CloseAsync(LedgerWriter ledger, CCApiBudget? budget)
    {
        try
        {
            if (budget is not null)
            {
                await EarlierCharges.RememberAsync(budget, ledger).ConfigureAwait(false);
            }
        }
        catch (BulkLedgerException)
        {
            // The run has failed with it. The next one counts again what the budget has counted, which is the safe side.
        }
        finally
        {
            await ledger.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async IAsyncEnumerable<InputItem> InputOf(
        IAsyncEnumerable<BulkItem> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return InputOf(item);
        }
    }

    private static async IAsyncEnumerable<InputItem> InputOf(
        IEnumerable<BulkItem> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A source may block: neither the caller, who waits for an outcome, nor the items that are sent again wait with it.
        await LeaveThread();
        using var source = items.GetEnumerator();
        while (source.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return InputOf(source.Current);
            await LeaveThread();
        }

        static ConfiguredTaskAwaitable LeaveThread() =>
            Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private static InputItem InputOf(BulkItem? item) => item is null
        ? new InputItem(Item: null, Error: new BulkItemException("The item is null: create items with the methods of BulkItem."))
        : new InputItem(item);

    private async IAsyncEnumerable<BulkOutcome> RunInputAsync(
        BulkOptions options,
        IAsyncEnumerable<InputItem> input,
        CancellationToken stopToken,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ledger = options.LedgerPath is { } path ? LedgerWriter.Open(path) : null;
        try
        {
            if (ledger is not null && options.Budget is { } budget)
            {
                await EarlierCharges.CountAsync(budget, ledger).ConfigureAwait(false);
            }

            var run = new BulkRun(_client, options, ledger, cancellationToken);
            using var stop = stopToken.Register(run.Stop);
            await foreach (var outcome in run.RunAsync(input).ConfigureAwait(false))
            {
                yield return outcome;
            }
        }
        finally
        {
            if (ledger is not null)
            {
                await CloseAsync(ledger, options.Budget).ConfigureAwait(false);
            }
        }
    }
}
