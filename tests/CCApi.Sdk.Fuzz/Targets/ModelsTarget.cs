using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CCApi.Sdk.Fuzz;

/// <summary>The catalog: the first byte chooses the call, the lines of the rest are the bodies of its pages; after the last one come empty pages, or that page for ever.</summary>
internal static class ModelsTarget
{
    private const int MostRequests = 20_000;

    private static readonly CannedGateway _gateway = new();

    public static void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var pages = Lines(input.AsSpan(1));
        switch (input[0] % 4)
        {
            case 0:
                Sync.Run(() => EnumerateAsync(pages, repeats: false));
                break;
            case 1:
                Sync.Run(() => EnumerateAsync(pages, repeats: true));
                break;
            case 2:
                Sync.Run(() => ProvidersAsync(pages[0]));
                break;
            default:
                Sync.Run(() => ListAsync(pages[0]));
                break;
        }
    }

    private static async Task EnumerateAsync(List<byte[]> pages, bool repeats)
    {
        var requests = 0;
        var client = _gateway.Respond(() =>
        {
            if (++requests > MostRequests)
            {
                throw new FindingException($"{requests} pages were requested.");
            }

            return _gateway.Json(requests <= pages.Count ? pages[requests - 1] : repeats ? pages[^1] : "{\"data\":[]}"u8.ToArray());
        });

        var count = 0;
        await foreach (var model in client.Catalog.EnumerateModelsAsync())
        {
            _ = (model.Id, model.ToString());
            count++;
        }

        Behavior.Add(requests, count);
        Planted.CheckPages(requests, count);
    }

    private static async Task ListAsync(byte[] body)
    {
        var list = await _gateway.Respond(body, "application/json", 5).Catalog.ListModelsAsync();
        var whole = await _gateway.Respond(body, "application/json").Catalog.ListModelsAsync();
        if (Outcome.Write(list) != Outcome.Write(whole))
        {
            throw new FindingException($"In pieces:\n{Outcome.Write(list)}\nwhole:\n{Outcome.Write(whole)}");
        }

        Behavior.Add(list.Data?.Count, list.Data?.Count(model => model.Id is not null), list.AdditionalProperties?.Count);
        Outcome.CheckRoundTrip(list);
    }

    private static async Task ProvidersAsync(byte[] body)
    {
        var client = _gateway.Respond(body, "application/json");
        var list = await client.Catalog.ListProvidersAsync();
        Behavior.Add(list.Data?.Count);
        Outcome.CheckRoundTrip(list);
        Outcome.CheckRoundTrip(await client.Catalog.GetProviderAsync("p"));
    }

    private static List<byte[]> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<byte[]>();
        foreach (var range in text.Split((byte)'\n'))
        {
            lines.Add(text[range].ToArray());
        }

        return lines;
    }
}
