using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

#pragma warning disable CA2100 // Every statement is written in this file; what comes from outside is a parameter.

namespace CCApi.Sdk.Bulk;

/// <summary>
/// The SQLite file of a ledger, for one thread. It is locked as long as it is open: a second run on it could send an item twice.
/// </summary>
internal sealed class LedgerFile : IDisposable
{
    // "CCLB": what SQLite and file(1) recognize the file by.
    private const int ApplicationId = 0x43434C42;

    private const int Version = 3;

    private const string Columns = "state, job, response, value, cost, charge, files, error, currency";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _send;
    private readonly SqliteCommand _setState;
    private readonly SqliteCommand _setJob;
    private readonly SqliteCommand _setResult;
    private readonly SqliteCommand _setFiles;
    private string? _currency;

    private LedgerFile(SqliteConnection connection)
    {
        _connection = connection;
        RunId = Text("SELECT value FROM meta WHERE name = 'run'");
        _find = Prepare($"SELECT request, {Columns} FROM item WHERE id = $id", "$id");
        _send = Prepare(
            """
            INSERT INTO item (id, request, state, charge) VALUES ($id, $request, 1, $charge)
            ON CONFLICT (id) DO UPDATE SET state = 1, charge = $charge, job = NULL, error = NULL
            WHERE state IN (0, 3, 4) OR (state = 1 AND job IS NULL)
            """,
            "$id", "$request", "$charge");
        _setState = Prepare(
            """
            UPDATE item SET state = $state, error = $error, cost = $cost, currency = $currency, charge = $charge
            WHERE id = $id AND state = 1 AND job IS $job
            """,
            "$id", "$job", "$state", "$error", "$cost", "$currency", "$charge");
        _setJob = Prepare("UPDATE item SET job = $job WHERE id = $id AND state = 1", "$id", "$job");
        _setResult = Prepare(
            """
            INSERT INTO item (id, request, state, response, value, cost, currency, charge)
            VALUES ($id, $request, 2, $response, $value, $cost, $currency, $charge)
            ON CONFLICT (id) DO UPDATE
            SET state = 2, response = $response, value = $value, cost = $cost, currency = $currency, charge = $charge, error = NULL
            WHERE state <> 2
            """,
            "$id", "$request", "$response", "$value", "$cost", "$currency", "$charge");
        _setFiles = Prepare(
            "UPDATE item SET files = $files, response = $response WHERE id = $id AND state = 2", "$id", "$files", "$response");
    }

    /// <summary>What distinguishes the idempotency keys of ledgers.</summary>
    public string RunId { get; }

    /// <summary>Opens a ledger. Items that were sent, and whose results it does not have, become in doubt.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="mayCreate">Whether it is created when there is none.</param>
    /// <exception cref="BulkLedgerException">It cannot be used.</exception>
    public static LedgerFile Open(string path, bool mayCreate = true)
    {
        var mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite;
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,

            // The time that is waited for a lock: who has it keeps it.
            DefaultTimeout = 1,
        }.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA locking_mode = EXCLUSIVE");
            var isEmpty = Check(connection, path);
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE");
            if (isEmpty)
            {
                Create(connection);
            }

            // What was sent when the run before ended has no known result. Image jobs are looked up by their id.
            Execute(
                connection,
                """
                UPDATE item SET state = 4, error = 'The run ended before its result was recorded.'
                WHERE state = 1 AND job IS NULL;
                COMMIT
                """);
            return new LedgerFile(connection);
        }
        catch (Exception exception) when (
            exception is SqliteException or FormatException or InvalidOperationException or BulkLedgerException)
        {
            connection.Dispose();
            throw LedgerErrors.From(exception, path);
        }
    }

    public void Execute(string sql) => Execute(_connection, sql);

    /// <summary>The costs of all items, by currency.</summary>
    public IReadOnlyDictionary<string, decimal> TotalCosts()
    {
        var totals = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        using var command = Prepare("SELECT cost, currency FROM item WHERE cost IS NOT NULL");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var currency = reader.GetString(1);
            totals[currency] = Money.Add(totals.GetValueOrDefault(currency), Amount(reader, 0)!.Value);
        }

        return totals;
    }

    /// <summary>The sum of what the calls of all items were charged, or may have been.</summary>
    /// <param name="unknown">What counts for an item in doubt of which that is not known.</param>
    public decimal TotalCharge(decimal unknown)
    {
        var items = Number(_connection, "SELECT COUNT(*) FROM item WHERE charge IS NULL AND state IN (1, 4)");
        return Sum("SELECT charge FROM item WHERE charge IS NOT NULL", Money.Multiply(items, unknown));
    }

    /// <summary>Records the currency of charges, once for all runs.</summary>
    /// <returns>The recorded one.</returns>
    public string UseCurrency(string currency)
    {
        if (_currency is not null)
        {
            return _currency;
        }

        using var command = Prepare("INSERT INTO meta VALUES ('currency', $currency) ON CONFLICT (name) DO NOTHING", "$currency");
        Run(command, currency);
        return _currency = Text("SELECT value FROM meta WHERE name = 'currency'");
    }

    /// <summary>A cost in the currency of charges; null when it is not known, or in another one.</summary>
    public decimal? ChargeOf(CCApiCost? cost)
    {
        if (cost?.Amount is not > 0)
        {
            return cost?.Amount;
        }

        var isOfLedger = string.Equals(UseCurrency(cost.Currency), cost.Currency, StringComparison.OrdinalIgnoreCase);
        return isOfLedger ? cost.Amount : null;
    }

    public IEnumerable<BulkLedgerEntry> Entries()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT id, {Columns} FROM item ORDER BY rowid";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = Read(reader);
            var id = reader.GetString(0);
            yield return new BulkLedgerEntry
            {
                Id = id,
                Status = StatusOf(row.State),
                JobId = row.JobId,
                Cost = row.Cost?.Amount,
                Currency = row.Cost?.Currency ?? Currencies.Usd,
                Charge = row.Charge,
                Files = FilesOf(row.Files),
                ResponseJson = row.Response,
                Error = row.Error,
                IdempotencyKey = LedgerKeys.Of(RunId, id),
            };
        }
    }

    /// <summary>What the ledger holds of an item; null when it was never sent.</summary>
    public LedgerRow? Find(string id, byte[] request)
    {
        _find.Parameters[0].Value = id;
        using var reader = _find.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var recorded = reader.GetFieldValue<byte[]>(0);
        return Read(reader) with { IsOtherRequest = !recorded.AsSpan().SequenceEqual(request) };
    }

    /// <summary>Marks an item as sent. What is done, or has a job, must not be sent again.</summary>
    /// <param name="id">The id of the item.</param>
    /// <param name="request">The hash of its request.</param>
    /// <param name="charge">What its calls were charged, and the most that this one may cost; null when that is not known.</param>
    /// <exception cref="InvalidOperationException">It must not be sent.</exception>
    public void SetSent(string id, byte[] request, decimal? charge) => RunOnce(_send, id, request, Write(charge));

    /// <summary>Ends an item that this run has sent; any other state stays, because it is known by another way.</summary>
    /// <param name="id">The id of the item.</param>
    /// <param name="job">The job that this run knows of; null for none. An item with another one is not changed.</param>
    /// <param name="state">The state.</param>
    /// <param name="error">Why.</param>
    /// <param name="cost">What all its calls cost; null for nothing.</param>
    /// <param name="charge">What a budget counts for it; null when that is not known.</param>
    public void SetState(string id, string? job, ItemState state, string? error, CCApiCost? cost, decimal? charge) =>
        Run(_setState, id, job, (int)state, error, Write(cost?.Amount), CurrencyOf(cost), Write(charge));

    public void SetJob(string id, string job) => Run(_setJob, id, job);

    /// <summary>Records a result, which is final.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    public void SetResult(string id, byte[] request, string response, string? value, CCApiCost? cost, decimal? charge) =>
        RunOnce(_setResult, id, request, response, value, Write(cost?.Amount), CurrencyOf(cost), Write(charge));

    public void SetFiles(string id, IReadOnlyList<string> files, string response) =>
        Run(_setFiles, id, JsonSerializer.Serialize([.. files], BulkJson.Default.ListString), response);

    public static IReadOnlyList<string> FilesOf(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, BulkJson.Default.ListString) ?? [];

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_find, _send, _setState, _setJob, _setResult, _setFiles])
        {
            command.Dispose();
        }

        _connection.Dispose();
    }

    private static BulkStatus? StatusOf(ItemState state) => state switch
    {
        ItemState.Done => BulkStatus.Done,
        ItemState.Failed => BulkStatus.Failed,
        ItemState.Sent or ItemState.InDoubt => BulkStatus.InDoubt,
        _ => null,
    };

    /// <summary>Whether the file is empty; an exception when it is something else than a ledger of this version.</summary>
    private static bool Check(SqliteConnection connection, string path)
    {
        var application = Number(connection, "PRAGMA application_id");
        var version = Number(connection, "PRAGMA user_version");
        var tables = Number(connection, "SELECT COUNT(*) FROM sqlite_master");
        if (tables == 0 && application == 0)
        {
            return true;
        }

        if (application != ApplicationId)
        {
            throw LedgerErrors.NotALedger(path, inner: null);
        }

        if (version != Version)
        {
            throw LedgerErrors.OtherVersion(path, version, Version);
        }

        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() is not "ok")
        {
            throw LedgerErrors.Corrupt(path, inner: null);
        }

        return false;
    }

    private static void Create(SqliteConnection connection) => Execute(connection, $"""
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
        INSERT INTO meta VALUES ('run', '{Guid.NewGuid():N}');
        CREATE TABLE item (
          id TEXT NOT NULL UNIQUE, request BLOB NOT NULL, state INTEGER NOT NULL,
          job TEXT, response TEXT, value TEXT, cost TEXT, currency TEXT, charge TEXT, files TEXT, error TEXT);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        """);

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static string? CurrencyOf(CCApiCost? cost) => cost?.Amount is null ? null : cost.Currency;

    private static string? Write(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    private static LedgerRow Read(SqliteDataReader reader) => new(
        (ItemState)reader.GetInt32(1), Text(reader, 2), Text(reader, 3), Text(reader, 4),
        Cost(reader), Amount(reader, 6), Text(reader, 7), Text(reader, 8));

    private static CCApiCost? Cost(SqliteDataReader reader) =>
        Amount(reader, 5) is { } amount ? new CCApiCost(amount, reader.GetString(9), CostSource.Reported) : null;

    private static decimal? Amount(SqliteDataReader reader, int column)
    {
        return reader.IsDBNull(column)
            ? null
            : decimal.Parse(reader.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static void RunOnce(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        if (Run(command, values) != 1)
        {
            throw new InvalidOperationException($"The state of the item {values[0]} does not permit it.");
        }
    }

    /// <summary>Returns how many rows it changed.</summary>
    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    private decimal Sum(string sql, decimal total)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            total = Money.Add(total, Amount(reader, 0)!.Value);
        }

        return total;
    }

    private string Text(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string ?? throw new InvalidOperationException("The ledger lacks an entry of its table meta.");
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter(parameter, value: DBNull.Value));
        }

        return command;
    }
}
