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

    private const int Version = 2;

    private const string Columns = "state, job, response, value, cost, charge, files, error";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _send;
    private readonly SqliteCommand _setState;
    private readonly SqliteCommand _setJob;
    private readonly SqliteCommand _setResult;
    private readonly SqliteCommand _setFiles;

    private LedgerFile(SqliteConnection connection)
    {
        _connection = connection;
        RunId = Text("SELECT value FROM meta WHERE name = 'run'");
        _find = Prepare($"SELECT request, {Columns} FROM item WHERE id = $id", "$id");
        _send = Prepare(
            """
            INSERT INTO item (id, request, state, charge) VALUES ($id, $request, 1, $charge)
            ON CONFLICT (id) DO UPDATE SET state = 1, charge = $charge, error = NULL
            """,
            "$id", "$request", "$charge");
        _setState = Prepare(
            "UPDATE item SET state = $state, error = $error, charge = $charge WHERE id = $id", "$id", "$state", "$error", "$charge");
        _setJob = Prepare("UPDATE item SET job = $job WHERE id = $id", "$id", "$job");
        _setResult = Prepare(
            """
            UPDATE item SET state = 2, response = $response, value = $value, cost = $cost, charge = $charge, error = NULL
            WHERE id = $id
            """,
            "$id", "$response", "$value", "$cost", "$charge");
        _setFiles = Prepare("UPDATE item SET files = $files, response = $response WHERE id = $id", "$id", "$files", "$response");
    }

    /// <summary>What distinguishes the idempotency keys of ledgers.</summary>
    public string RunId { get; }

    /// <summary>Opens a ledger, and creates it when there is none.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="isNew">Whether the file may be created, and the items that were sent become in doubt.</param>
    /// <exception cref="BulkLedgerException">It cannot be used.</exception>
    public static LedgerFile Open(string path, bool isNew = true)
    {
        var mode = isNew ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite;
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

    /// <summary>The sum of the costs of what is done.</summary>
    public decimal TotalCost() => Sum("SELECT cost FROM item WHERE cost IS NOT NULL AND state = 2");

    /// <summary>The sum of what the calls of all items were charged, or may have been.</summary>
    /// <param name="unknown">What counts for an item in doubt of which that is not known.</param>
    public decimal TotalCharge(decimal unknown)
    {
        var items = Number(_connection, "SELECT COUNT(*) FROM item WHERE charge IS NULL AND state IN (1, 4)");
        return Sum("SELECT charge FROM item WHERE charge IS NOT NULL") + (items * unknown);
    }

    /// <summary>Records the currency of charges, once for all runs.</summary>
    /// <returns>The recorded one.</returns>
    public string UseCurrency(string currency)
    {
        using var command = Prepare("INSERT INTO meta VALUES ('currency', $currency) ON CONFLICT (name) DO NOTHING", "$currency");
        Run(command, currency);
        return Text("SELECT value FROM meta WHERE name = 'currency'");
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
                Cost = row.Cost,
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

    /// <summary>Marks an item as sent.</summary>
    /// <param name="id">The id of the item.</param>
    /// <param name="request">The hash of its request.</param>
    /// <param name="charge">What its calls were charged, and the most that this one may cost; null when that is not known.</param>
    public void SetSent(string id, byte[] request, decimal? charge) => Run(_send, id, request, Write(charge));

    public void SetState(string id, ItemState state, string? error, decimal? charge) =>
        Run(_setState, id, (int)state, error, Write(charge));

    public void SetJob(string id, string job) => Run(_setJob, id, job);

    public void SetResult(string id, string response, string? value, decimal? cost, decimal? charge) =>
        Run(_setResult, id, response, value, Write(cost), Write(charge));

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
          job TEXT, response TEXT, value TEXT, cost TEXT, charge TEXT, files TEXT, error TEXT);
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

    private static string? Write(decimal? amount) => amount?.ToString(CultureInfo.InvariantCulture);

    private static LedgerRow Read(SqliteDataReader reader) => new(
        (ItemState)reader.GetInt32(1), Text(reader, 2), Text(reader, 3), Text(reader, 4),
        Amount(reader, 5), Amount(reader, 6), Text(reader, 7), Text(reader, 8));

    private static decimal? Amount(SqliteDataReader reader, int column)
    {
        return reader.IsDBNull(column)
            ? null
            : decimal.Parse(reader.GetString(column), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }

    private decimal Sum(string sql)
    {
        var total = 0m;
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            total += Amount(reader, 0)!.Value;
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
