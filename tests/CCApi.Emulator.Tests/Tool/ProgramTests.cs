using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Tool;

/// <summary>The program as people run it.</summary>
public class ProgramTests
{
    [Fact]
    public async Task Program_WithHelp_ListsItsOptions()
    {
        var (code, output, errors) = await RunAsync("--help");

        Assert.Equal((0, ""), (code, errors));
        Assert.All(["ccapi-emulator", "--port", "--key", "--seed", "--latency", "--credits", "--media-port", "--media-lifetime", "--job-duration", "--raw-speech", "--remote-webhooks", "--script", "--strict", "--allow-origin", "record", "replay"], word => Assert.Contains(word, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'20' is not a duration; write it as 20ms or 1.5s.", "--latency", "20")]
    [InlineData("'many' is not a port; it must be from 0 to 65535, and 0 takes a free one.", "--port", "many")]
    [InlineData("'99999' is not a port; it must be from 0 to 65535, and 0 takes a free one.", "--port", "99999")]
    [InlineData("'many' is not a port; it must be from 0 to 65535, and 0 takes a free one.", "--media-port", "many")]
    [InlineData("'never' is not a duration; write it as 20ms or 1.5s.", "--media-lifetime", "never")]
    [InlineData("MediaLifetime must be more than 0, or null for links that do not expire. (Parameter 'options')", "--media-lifetime", "0s")]
    [InlineData("The key must not be empty or hold white space.", "--key", "")]
    [InlineData("The key must not be empty or hold white space.", "--key", "two words")]
    [InlineData("'nowhere' is not an http or https address, such as https://api.ccapi.ai/v1/.", "record", "--upstream", "nowhere", "--to", "x.jsonl")]
    [InlineData("Option '--to' is required.", "record", "--upstream", "http://127.0.0.1:1")]
    [InlineData("The environment variable CCAPI_TEST_NO_SUCH_KEY is not set: set it to the key of the upstream.", "record", "--upstream", "http://127.0.0.1:1", "--to", "x.jsonl", "--key-from-env", "CCAPI_TEST_NO_SUCH_KEY")]
    [InlineData("Unrecognized command or argument '--bogus'.", "--bogus")]
    [InlineData("Required argument missing for option: '--latency'.", "--latency")]
    public async Task Program_WithAWrongOption_SaysSoInOneLine(string line, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal((1, "", line), (code, output, errors.TrimEnd()));
    }

    [Fact]
    public async Task Program_WithABrokenScriptOrCassette_NamesFileAndLine()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory();
        try
        {
            var file = System.IO.Path.Combine(folder.FullName, "broken.json");
            await System.IO.File.WriteAllTextAsync(file, "{\n\"rule\": []}", World.Token);

            var script = await RunAsync("--port", "0", "--media-port", "0", "--script", file);
            var cassette = await RunAsync("replay", file, "--port", "0");

            Assert.Equal((1, "", "broken.json(2): rule is not a known member; known are $schema, strict, rules."), (script.Code, script.Output, script.Errors.TrimEnd()));
            Assert.Equal(1, cassette.Code);
            Assert.StartsWith($"{file}(1): this is not a cassette of ccapi-emulator.", cassette.Errors, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Program_OnATakenPort_SaysSoInOneLine()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        var port = emulator.BaseAddress.Port.ToString(CultureInfo.InvariantCulture);

        var (code, output, errors) = await RunAsync("--port", port);

        Assert.Equal((1, "", $"Port {port} is taken: choose another with --port, or --port 0 for a free one."), (code, output, errors.TrimEnd()));
    }

    [Fact]
    public async Task Program_OnATakenMediaPort_SaysSoInOneLine()
    {
        await using var emulator = await CCApiEmulator.StartAsync(cancellationToken: World.Token);
        var port = emulator.BaseAddress.Port.ToString(CultureInfo.InvariantCulture);

        var (code, output, errors) = await RunAsync("--port", "0", "--media-port", port);

        Assert.Equal((1, "", $"Port {port} is taken: choose another with --media-port, or --media-port 0 for a free one."), (code, output, errors.TrimEnd()));
    }

    [Fact]
    public async Task Program_WithItsOptions_BehavesSo()
    {
        using var process = Start("--port", "0", "--raw-speech", "--job-duration", "0s");
        var address = new Uri((await ReadLineAsync(process))["CCAPI emulator at ".Length..]);
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer sk-ccapi-emulator" } } };

        using var speech = new StringContent(Body.Speech("Hello"));
        using var order = new StringContent(Body.Multimodal("A fox"));
        using var sound = await http.PostAsync(new Uri(address, "audio/speech"), speech, World.Token);
        using var image = await http.PostAsync(new Uri(address, "images/generate"), order, World.Token);
        process.Kill();

        Assert.Equal(("audio/mpeg", 200), (sound.Content.Headers.ContentType!.MediaType, (int)image.StatusCode));
    }

    [Fact]
    public async Task Program_Running_PrintsAddressAndKeyAndLogsRequests()
    {
        using var process = Start("--port", "0", "--key", "sk-mine");
        var (first, second) = (await ReadLineAsync(process), await ReadLineAsync(process));
        var address = new Uri(first["CCAPI emulator at ".Length..]);

        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer sk-mine" } } };
        using var response = await http.GetAsync(new Uri(address, "models"), World.Token);
        var log = await ReadLinesAsync(process, 3);
        process.Kill();

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(("API key: sk-mine", "Stop it with Ctrl+C.", ""), (second, log[0], log[1]));
        Assert.Matches(@"^\d\d:\d\d:\d\d  GET  /v1/models 200 \d+ ms$", log[2]);
    }

    [Theory]
    [InlineData("CCAPI_API_KEY")]
    [InlineData("UPSTREAM_KEY", "UPSTREAM_KEY")]
    public async Task Program_RecordingWithAKeyFromTheEnvironment_SendsItUpstream(string variable, params string[] name)
    {
        await using var upstream = await CCApiEmulator.StartAsync(new CCApiEmulatorOptions { ApiKey = "sk-upstream-0123456789" }, World.Token);
        var folder = System.IO.Directory.CreateTempSubdirectory();
        try
        {
            var cassette = Path.Combine(folder.FullName, "calls.jsonl");
            using var process = Start(
                new() { [variable] = "sk-upstream-0123456789" },
                ["record", "--upstream", upstream.BaseAddress.ToString(), "--key-from-env", .. name, "--to", cassette, "--port", "0", "--key", "sk-mine"]);
            var address = new Uri((await ReadLineAsync(process))["CCAPI emulator at ".Length..]);
            using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer sk-mine" } } };

            using var response = await http.GetAsync(new Uri(address, "models"), World.Token);
            process.Kill();

            Assert.True(response.IsSuccessStatusCode);
            Assert.Equal(("/v1/models", 200), (upstream.Requests.Single().Path, upstream.Requests.Single().Status));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("INT", 0)]
    [InlineData("TERM", 0)]
    public async Task Program_OnASignal_EndsCleanly(string signal, int code)
    {
        using var process = Start("--port", "0");
        await ReadLineAsync(process);

        Signal(process, signal);
        await process.WaitForExitAsync(World.Token).WaitAsync(World.Patience, World.Token);

        Assert.Equal((code, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(World.Token)));
    }

    /// <summary>SIGQUIT is nobody's but the host's: the emulator must leave the signals of the program that it runs in alone.</summary>
    [Fact]
    public async Task Program_OnASignalThatItDoesNotHandle_Ends()
    {
        using var process = Start("--port", "0");
        await ReadLineAsync(process);

        Signal(process, "QUIT");
        await process.WaitForExitAsync(World.Token).WaitAsync(World.Patience, World.Token);

        Assert.NotEqual(0, process.ExitCode);
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(World.Token), process.StandardError.ReadToEndAsync(World.Token));
        await process.WaitForExitAsync(World.Token).WaitAsync(World.Patience, World.Token);
        return (process.ExitCode, await output, await errors);
    }

    private static async Task<string> ReadLineAsync(Process process) => (await ReadLinesAsync(process, 1)).Single();

    private static async Task<string[]> ReadLinesAsync(Process process, int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            lines[i] = await process.StandardOutput.ReadLineAsync(World.Token).AsTask().WaitAsync(World.Patience, World.Token) ?? "(end)";
        }

        return lines;
    }

    private static Process Start(params string[] arguments) => Start([], arguments);

    private static Process Start(Dictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "ccapi-emulator.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
