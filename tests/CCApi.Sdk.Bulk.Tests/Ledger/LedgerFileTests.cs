using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Sdk.Bulk.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

#pragma warning disable CA2100 // Every statement is written in this file.

namespace CCApi.Sdk.Bulk.Tests.Ledger;

public sealed class LedgerFileTests : IDisposable
{
    private static readonly byte[] _request = new byte[16];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.At("run.ledger");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterItemsWereSent_FindsThemInDoubt()
    {
        using (var file = LedgerFile.Open(Path))
        {
            file.SetSent("sent", _request, charge: 0.5m);
            file.SetSent("job", _request, charge: 0.5m);
            file.SetJob("job", "job_1");
            file.SetSent("done", _request, charge: 0.5m);
            file.SetResult("done", _request, "{}", value: null, new CCApiCost(0.1m, "USD", CostSource.Reported), charge: 0.1m);
        }

        using var again = LedgerFile.Open(Path);

        var (sent, job, done) = (again.Find("sent", _request)!, again.Find("job", _request)!, again.Find("done", _request)!);
        Assert.Equal((ItemState.InDoubt, ItemState.Sent, ItemState.Done), (sent.State, job.State, done.State));
        Assert.False(sent.IsToBeSent(InDoubtAction.LookUp) || job.IsToBeSent(InDoubtAction.Resend) || done.IsToBeSent(InDoubtAction.Resend));
        Assert.True(sent.IsToBeSent(InDoubtAction.Resend));
        Assert.Equal((0.1m, 1.1m), (again.TotalCosts()["USD"], again.TotalCharge(unknown: 7m)));
    }

    [Fact]
    public void Entries_OfALedger_KeepTheDigitsOfCosts()
    {
        using var file = LedgerFile.Open(Path);
        file.SetSent("a", _request, charge: null);
        file.SetResult(
            "a", _request, "{}", value: null, new CCApiCost(0.0000000000000000000000000001m, "USD", CostSource.Reported), charge: null);

        Assert.Equal(0.0000000000000000000000000001m, file.Entries().Single().Cost);
    }

    [Fact]
    public void TotalCharge_OfItemsInDoubt_CountsThoseOfUnknownCharge()
    {
        using (var file = LedgerFile.Open(Path))
        {
            file.SetSent("known", _request, charge: 0.5m);
            file.SetSent("unknown", _request, charge: null);
            file.SetSent("failed", _request, charge: null);
            file.SetState("failed", job: null, ItemState.Failed, "It failed.", cost: null, charge: null);
        }

        using var again = LedgerFile.Open(Path);

        Assert.Equal(7.5m, again.TotalCharge(unknown: 7m));
    }

    [Fact]
    public void UseCurrency_OfASecondOne_ReturnsTheFirst()
    {
        using var file = LedgerFile.Open(Path);

        Assert.Equal(("USD", "USD"), (file.UseCurrency("USD"), file.UseCurrency("credits")));
    }

    [Fact]
    public void Open_OfAFileThatIsText_IsNotALedger()
    {
        File.WriteAllText(Path, string.Concat(Enumerable.Repeat("not a database\n", 100)));

        Assert.Equal(BulkLedgerError.NotALedger, Assert.Throws<BulkLedgerException>(() => LedgerFile.Open(Path)).Error);
    }

    [Fact]
    public void Open_OfAnotherDatabase_ChangesNothingInIt()
    {
        Execute("CREATE TABLE other (a)");
        var before = File.ReadAllBytes(Path);

        var exception = Assert.Throws<BulkLedgerException>(() => LedgerFile.Open(Path));

        Assert.Equal($"{Path} is not a ledger of CCApi.Sdk.Bulk: use another path.", exception.Message);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    [Fact]
    public void Open_OfAnotherVersion_NamesBoth()
    {
        LedgerFile.Open(Path).Dispose();
        Execute("PRAGMA user_version = 4");

        var exception = Assert.Throws<BulkLedgerException>(() => LedgerFile.Open(Path));

        Assert.Equal(BulkLedgerError.OtherVersion, exception.Error);
        Assert.Equal($"The ledger {Path} has version 4; this package writes version 3: resume it with the package that wrote it.", exception.Message);
    }

    [Fact]
    public void Open_OfADamagedFile_IsCorrupt()
    {
        using (var file = LedgerFile.Open(Path))
        {
            for (var i = 0; i < 2000; i++)
            {
                file.SetSent($"item-{i}", _request, charge: null);
            }
        }

        var bytes = File.ReadAllBytes(Path);
        bytes.AsSpan(bytes.Length / 2, bytes.Length / 4).Fill(0x5A);
        File.WriteAllBytes(Path, bytes);

        Assert.Equal(BulkLedgerError.Corrupt, Assert.Throws<BulkLedgerException>(() => LedgerFile.Open(Path)).Error);
    }

    [Fact]
    public void Open_InAFolderThatDoesNotExist_IsUnavailable()
    {
        var exception = Assert.Throws<BulkLedgerException>(() => LedgerFile.Open(_folder.At("none/run.ledger")));

        Assert.Equal(BulkLedgerError.Unavailable, exception.Error);
    }

    [Fact]
    public void Read_OfNoLedger_CreatesNone()
    {
        Assert.Throws<BulkLedgerException>(() => BulkLedger.Read(Path));

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public async Task RunAsync_OfAFullDisk_FailsEveryOperationAfterIt()
    {
        await using var writer = LedgerWriter.Open(Path);
        await writer.RunAsync(file => file.Execute("PRAGMA max_page_count = 8"));

        var exception = await Assert.ThrowsAsync<BulkLedgerException>(() => writer.RunAsync(file =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                file.SetSent($"item-{i}", _request, charge: null);
            }
        }));
        var next = await Assert.ThrowsAsync<BulkLedgerException>(() => writer.RunAsync(file => file.SetSent("a", _request, charge: null)));

        Assert.Equal(BulkLedgerError.DiskFull, exception.Error);
        Assert.Same(exception, next);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
