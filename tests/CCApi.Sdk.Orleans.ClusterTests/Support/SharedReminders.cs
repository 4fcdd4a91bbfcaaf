using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Orleans;
using Orleans.Runtime;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

/// <summary>Reminders outside of all silos, as in Redis.</summary>
internal sealed class SharedReminders : IReminderTable
{
    private readonly Dictionary<(GrainId Grain, string Name), ReminderEntry> _entries = [];
    private readonly Lock _gate = new();

    /// <summary>What each write waits for.</summary>
    public Func<Task>? BeforeWrite { get; set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public Task<ReminderTableData> ReadRows(GrainId grainId) => Task.FromResult(Rows(entry => entry.GrainId == grainId));

    /// <summary>The range is a part of a ring.</summary>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(Rows(entry =>
    {
        var hash = entry.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        lock (_gate)
        {
            return Task.FromResult(_entries.GetValueOrDefault((grainId, reminderName)));
        }
    }

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        await (BeforeWrite?.Invoke() ?? Task.CompletedTask);
        lock (_gate)
        {
            entry.ETag = Guid.NewGuid().ToString();
            _entries[(entry.GrainId, entry.ReminderName)] = entry;
            return entry.ETag;
        }
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        lock (_gate)
        {
            var key = (grainId, reminderName);
            var isLatest = _entries.TryGetValue(key, out var entry) && entry.ETag == eTag;
            return Task.FromResult(isLatest && _entries.Remove(key));
        }
    }

    public Task TestOnlyClearTable() => Task.CompletedTask;

    private ReminderTableData Rows(Func<ReminderEntry, bool> isIn)
    {
        lock (_gate)
        {
            return new ReminderTableData(_entries.Values.Where(isIn).ToList());
        }
    }
}
