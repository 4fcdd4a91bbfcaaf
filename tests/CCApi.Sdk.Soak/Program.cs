using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace CCApi.Sdk.Soak;

/// <summary>A thousand calls at once against a gateway that fails now and then; at the end the ledgers of both sides must agree, and nothing may have piled up.</summary>
internal static class Program
{
    private const int Callers = 1000;

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--gateway"])
        {
            return await GatewayProgram.RunAsync();
        }

        if (args is ["--traffic", var requests])
        {
            return await EmulatorTraffic.RunAsync(long.Parse(requests, CultureInfo.InvariantCulture)) ? 0 : 1;
        }

        var isPlanted = args.Contains("--planted");
        var seconds = args.Select(arg => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).FirstOrDefault(number => number > 0, 60);
        var folder = Directory.CreateTempSubdirectory("ccapi-soak-");
        try
        {
            return await SoakAsync(TimeSpan.FromSeconds(seconds), folder.FullName, isPlanted) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> SoakAsync(TimeSpan time, string folder, bool isPlanted)
    {
        await using var gateway = await GatewayProcess.StartAsync();
        var accountFile = Path.Combine(folder, "account");
        var statistics = new Statistics();
        Vitals start, middle, end;
        using (var account = new Account(accountFile))
        using (var client = ClientFactory.Create(gateway, isPlanted))
        {
            var callers = new Callers(client, account, statistics, await Prices.ReadAsync(client));
            var running = callers.RunAsync(Callers, time);
            await Task.Delay(time / 6);
            start = Vitals.Take();
            await Task.Delay(time / 3);
            middle = Vitals.Take();
            await Task.Delay(time / 2.2);
            end = Vitals.Take();
            await running;
        }

        var after = Vitals.Take();
        var ledger = await gateway.WriteLedgerAsync(Path.Combine(folder, "ledger"));
        var books = Books.Compare(Account.Read(accountFile), ledger.Charges);

        statistics.Print(time, ledger);
        Console.WriteLine($"memory and handles of the client, managed after a full collection:\n  start   {start}\n  middle  {middle}\n  end     {end}\n  after   {after}");
        books.Print();
        var growth = end.GrowthSince(middle);
        foreach (var item in growth)
        {
            Console.WriteLine($"grows: {item}");
        }

        return books.Agree && growth.Count == 0 && statistics.Surprises == 0 && statistics.Calls > 0;
    }
}
