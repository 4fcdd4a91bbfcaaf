using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using BenchmarkDotNet.Attributes;

namespace CCApi.Sdk.Benchmarks;

/// <summary>
/// Runs the benchmarks in 15 rounds, in each of which every client has its turn, and prints the median of each round's ratios: what else the machine does in a round
/// hits all of them. (BenchmarkDotNet runs one client after the other.)
/// </summary>
internal static class Ratios
{
    private const int Rounds = 15;

    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(60);

    public static async Task RunAsync(IReadOnlyCollection<string> names)
    {
        Console.WriteLine("| benchmark | client | time | x floor | x limit | bytes | x floor | x limit |");
        Console.WriteLine("|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (var type in AllBenchmarks.Types.Where(type => names.Count == 0 || names.Contains(type.Name)))
        {
            var benchmark = Activator.CreateInstance(type)!;
            var clients = type.GetMethods().Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null)
                .Select(method => new Client(method.Name, method.CreateDelegate<Func<Task>>(benchmark))).ToArray();
            await RunAsync(type.Name, clients).ConfigureAwait(false);
        }
    }

    private static async Task RunAsync(string benchmark, Client[] clients)
    {
        foreach (var client in clients)
        {
            await client.WarmUpAsync(_turn).ConfigureAwait(false);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var client in clients)
            {
                await client.RunAsync().ConfigureAwait(false);
            }
        }

        var (floor, limit) = (clients.Single(client => client.Name == "Floor"), clients.Single(client => client.Name == "Limit"));
        foreach (var client in clients)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {benchmark} | {client.Name} | {Median(client.Times):N1} us | {MedianRatio(client, floor):F2} | {MedianRatio(client, limit):F2} | {client.Bytes:N0} | {client.Bytes / floor.Bytes:F3} | {client.Bytes / limit.Bytes:F2} |"));
        }
    }

    private static double MedianRatio(Client client, Client other) => Median(client.Times.Zip(other.Times, (time, otherTime) => time / otherTime));

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private sealed class Client(string name, Func<Task> call)
    {
        private int _calls;

        public string Name { get; } = name;

        /// <summary>Microseconds a call, of each round.</summary>
        public List<double> Times { get; } = [];

        /// <summary>Bytes a call, of the round with the fewest: the others had those of the runtime's own work too.</summary>
        public double Bytes { get; private set; } = double.MaxValue;

        /// <summary>Calls it until it is compiled for good, and finds how many calls fill its turn.</summary>
        public async Task WarmUpAsync(TimeSpan turn)
        {
            await RepeatAsync(100).ConfigureAwait(false);
            var clock = Stopwatch.StartNew();
            do
            {
                await RepeatAsync(20).ConfigureAwait(false);
            }
            while (clock.Elapsed < TimeSpan.FromSeconds(2));

            clock.Restart();
            await RepeatAsync(20).ConfigureAwait(false);
            _calls = Math.Max(5, (int)(20 * turn / clock.Elapsed));
        }

        public async Task RunAsync()
        {
            GC.Collect();
            var bytes = GC.GetTotalAllocatedBytes(precise: true);
            var clock = Stopwatch.StartNew();
            await RepeatAsync(_calls).ConfigureAwait(false);
            Times.Add(clock.Elapsed.TotalMicroseconds / _calls);
            Bytes = Math.Min(Bytes, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)_calls);
        }

        private async Task RepeatAsync(int calls)
        {
            for (var i = 0; i < calls; i++)
            {
                await call().ConfigureAwait(false);
            }
        }
    }
}
