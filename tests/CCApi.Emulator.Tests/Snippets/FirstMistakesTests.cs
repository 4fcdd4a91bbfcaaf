using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using CCApi.Sdk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CCApi.Emulator.Tests.Snippets;

/// <summary>docs/first-mistakes.md has the message of each mistake that newcomers make, as it is thrown.</summary>
public sealed class FirstMistakesTests
{
    private const string Key = "sk-0123456789";

    private static readonly string _page = Path.Combine(Repository.Root, "docs", "first-mistakes.md");

    private static readonly Dictionary<string, Func<CCApiEmulator, Task>> _mistakes = new(StringComparer.Ordinal)
    {
        ["`new CCApiClient(\"\")`"] = _ => Throw(() => new CCApiClient("")),
        ["`new CCApiClient(options)` without a key"] = _ => Throw(() => new CCApiClient(new CCApiClientOptions())),
        ["`AddCcApi()` without a key"] = _ => Throw(() => Resolve(services => services.AddCcApi(options => options.ApiKey = ""))),
        ["`AddKeyedCcApi(\"second\", ...)` without a key"] = _ => Throw(() => Resolve(services => services.AddKeyedCcApi("second", options => options.ApiKey = ""), "second")),
        ["a key with a line break"] = _ => Throw(() => new CCApiClient(Key + "\n")),
        ["`BaseAddress` without a scheme"] = _ => Throw(() => Resolve(Settings("BaseAddress", "gateway.test/v1"))),
        ["`BaseAddress` with plain http"] = _ => Throw(() => new CCApiClient(Options("http://gateway.test/v1/"))),
        ["`BaseAddress` without `/v1`"] = emulator => CallAsync(emulator, new Uri(emulator.BaseAddress, "/").ToString()),
        ["`BaseAddress` of a web page"] = async emulator =>
        {
            emulator.Faults.Add(new EmulatorFault(EmulatorFaultKind.Html));
            await CallAsync(emulator, emulator.BaseAddress.ToString());
        },
        ["a mistyped setting"] = _ => Throw(() => Resolve(Settings("Retry:MaxRetry", "3"))),
        ["a time without a unit"] = _ => Throw(() => Resolve(Settings("Timeouts:Idle", "30"))),
        ["a wrong key"] = emulator => CallAsync(emulator, emulator.BaseAddress.ToString(), key: "sk-wrong-9876543210"),
        ["a mistyped model"] = emulator => CallAsync(emulator, emulator.BaseAddress.ToString(), "openai/gpt-4o-mnii"),
        ["no balance"] = async emulator =>
        {
            emulator.Ledger.SetBalance(0);
            await CallAsync(emulator, emulator.BaseAddress.ToString());
        },
        ["a stream that is read twice"] = async emulator =>
        {
            using var client = emulator.CreateClient();
            var stream = client.Chat.StreamAsync("openai/gpt-4o-mini", "Hello");
            await foreach (var _ in stream.ReadTextAsync(World.Token))
            {
                // Read to the end.
            }

            await foreach (var _ in stream)
            {
                // The second reader.
            }
        },
    };

    public static TheoryData<string> Mistakes => [.. _mistakes.Keys];

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Message_OfAMistake_IsThatOfTheTable(string mistake)
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);

        var exception = await Record.ExceptionAsync(() => _mistakes[mistake](emulator));

        var message = exception!.Message.ReplaceLineEndings(" ").Replace(emulator.BaseAddress.Authority, "127.0.0.1:8787", StringComparison.Ordinal);
        var expected = $"`{exception.GetType().Name}`: {message}";
        Assert.True(expected == Rows().GetValueOrDefault(mistake), $"The row must be:\n| {mistake} | {expected} |");
    }

    [Fact]
    public void Table_HasEveryMistake() => Assert.Equal(_mistakes.Keys.Order(StringComparer.Ordinal), Rows().Keys.Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Rows() => File.ReadAllLines(_page)
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| mistake", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
        .Select(line => line.Trim('|', ' ').Split(" | "))
        .ToDictionary(cells => cells[0], cells => cells[1], StringComparer.Ordinal);

    private static Task Throw<T>(Func<T> make)
    {
        make();
        return Task.CompletedTask;
    }

    private static CCApiClientOptions Options(string address) => new() { ApiKey = Key, BaseAddress = new Uri(address) };

    private static async Task CallAsync(CCApiEmulator emulator, string address, string model = "openai/gpt-4o-mini", string? key = null)
    {
        var options = Options(address);
        options.ApiKey = key ?? emulator.ApiKey;
        options.Retry.MaxRetries = 0;
        using var client = new CCApiClient(options);

        // The client names near ids once it has seen the catalog.
        if (model.EndsWith("mnii", StringComparison.Ordinal))
        {
            await client.Catalog.ListModelsAsync(cancellationToken: World.Token);
        }

        await client.Chat.CompleteAsync(model, "Hello", cancellationToken: World.Token);
    }

    private static Action<IServiceCollection> Settings(string name, string value) => services =>
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CCApi:ApiKey", Key), new($"CCApi:{name}", value)]).Build();
        services.AddCcApi(configuration.GetSection("CCApi"));
    };

    private static CCApiClient Resolve(Action<IServiceCollection> add, string? name = null)
    {
        var services = new ServiceCollection();
        add(services);
        using var provider = services.BuildServiceProvider();
        return name is null ? provider.GetRequiredService<CCApiClient>() : provider.GetRequiredKeyedService<CCApiClient>(name);
    }
}
