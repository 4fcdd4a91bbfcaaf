using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Emulator;
using Microsoft.AspNetCore.Connections;

var port = Port("--port", "The port on 127.0.0.1; 0 takes a free one.", 8787);
var mediaPort = Port("--media-port", "The port for images and audio; 0 takes a free one.", 0);
var key = new Option<string?>("--key") { Description = "The key to accept. Default: sk-ccapi-emulator." };
key.Validators.Add(result =>
{
    if (result.Tokens.Any(token => token.Value.Length == 0 || token.Value.Any(char.IsWhiteSpace)))
    {
        result.AddError("The key must not be empty or hold white space.");
    }
});
var seed = new Option<int>("--seed")
{
    Description = "The same seed gives the same responses.",
    DefaultValueFactory = _ => 1,
};
var credits = new Option<decimal>("--credits")
{
    Description = "The credits to start with.",
    DefaultValueFactory = _ => 10m,
};
var latency = Time(
    "--latency",
    "How long a response takes and how far the chunks of a stream are apart, such as 20ms or 1.5s.");
var jobDuration = Time("--job-duration", "How long an image job takes. Default: 1s.");
var mediaLifetime = Time("--media-lifetime", "How long links to images and audio can be used. Default: always.");
var rawSpeech = new Option<bool>("--raw-speech") { Description = "Return speech as the audio itself, as OpenAI does, instead of JSON." };
var remoteWebhooks = new Option<bool>("--remote-webhooks") { Description = "Call a webhook_url on another machine too." };

var requestsPerMinute = new Option<int?>("--requests-per-minute") { Description = "Requests a minute before 429. Default: any number." };
var concurrentRequests = new Option<int?>("--concurrent-requests") { Description = "Requests at once before 429. Default: any number." };
var script = new Option<FileInfo?>("--script") { Description = "A JSON file with what to return instead of making it up." };
var strict = new Option<bool>("--strict") { Description = "Reject requests that neither the script nor the cassette expects." };
var allowOrigin = new Option<string[]>("--allow-origin")
{
    Description = "The origin of web pages that may use it (CORS), such as http://localhost:5173; may be repeated, * is any.",
};
var allowHost = new Option<string[]>("--allow-host")
{
    Description = "A further Host header to respond to, such as the name of a container; may be repeated.",
};

var upstream = new Option<Uri>("--upstream")
{
    Description = "The address of an OpenAI-compatible server, such as https://api.ccapi.ai/v1/.",
    Required = true,
    CustomParser = ParseUpstream,
};
const string KeyVariable = "CCAPI_API_KEY";
var keyFromEnv = new Option<string?>("--key-from-env")
{
    Description = $"The environment variable that holds the key of the upstream. Without a name: {KeyVariable}.",
    Arity = ArgumentArity.ZeroOrOne,
};
var to = new Option<FileInfo>("--to") { Description = "The cassette to write. It must not exist.", Required = true };
var cassette = new Argument<FileInfo>("cassette") { Description = "The cassette to replay." };
var speed = new Option<double>("--speed")
{
    Description = "How much faster than recorded; 0 does not wait at all.",
    DefaultValueFactory = _ => 1,
};

var recordCommand = new Command(
    "record", "Forwards requests to another server and records the exchanges, without keys.")
{
    upstream, keyFromEnv, to, port, key,
};
var replayCommand = new Command("replay", "Returns what was recorded.") { cassette, speed, strict, port, key };
var command = new RootCommand("The CCAPI gateway on this machine: chat, speech, images and a catalog, offline.")
{
    port, key, seed, latency, credits, mediaPort, mediaLifetime, jobDuration, rawSpeech, remoteWebhooks,
    requestsPerMinute, concurrentRequests, script, strict,
    allowOrigin, allowHost, recordCommand, replayCommand,
};
command.SetAction((arguments, cancellationToken) =>
{
    var options = new CCApiEmulatorOptions
    {
        Port = arguments.GetValue(port),
        Seed = arguments.GetValue(seed),
        Latency = arguments.GetValue(latency) ?? TimeSpan.Zero,
        MediaPort = arguments.GetValue(mediaPort),
        MediaLifetime = arguments.GetValue(mediaLifetime),
        RawSpeech = arguments.GetValue(rawSpeech),
        AllowRemoteWebhooks = arguments.GetValue(remoteWebhooks),
        Credits = arguments.GetValue(credits),
        RequestsPerMinute = arguments.GetValue(requestsPerMinute),
        ConcurrentRequests = arguments.GetValue(concurrentRequests),
        AllowedOrigins = arguments.GetValue(allowOrigin) ?? [],
        AllowedHosts = arguments.GetValue(allowHost) ?? [],
        Log = WriteLine,
    };
    options.JobDuration = arguments.GetValue(jobDuration) ?? options.JobDuration;
    options.ApiKey = arguments.GetValue(key) ?? options.ApiKey;

    return RunAsync(options, arguments.GetValue(script)?.FullName, arguments.GetValue(strict), cancellationToken);
});
recordCommand.SetAction(async (arguments, cancellationToken) =>
{
    var isKeyInEnvironment = arguments.GetResult(keyFromEnv) is not null;
    var variable = isKeyInEnvironment ? arguments.GetValue(keyFromEnv) ?? KeyVariable : null;
    var upstreamKey = variable is null ? null : Environment.GetEnvironmentVariable(variable);
    if (variable is not null && string.IsNullOrEmpty(upstreamKey))
    {
        await Console.Error.WriteLineAsync(
            $"The environment variable {variable} is not set: set it to the key of the upstream.").ConfigureAwait(false);
        return 1;
    }

    var options = new CCApiEmulatorOptions
    {
        Port = arguments.GetValue(port),
        Recording = new EmulatorRecording(arguments.GetValue(upstream)!, upstreamKey, arguments.GetValue(to)!.FullName),
        Log = WriteLine,
    };
    options.ApiKey = arguments.GetValue(key) ?? options.ApiKey;

    return await RunAsync(options, script: null, isStrict: false, cancellationToken).ConfigureAwait(false);
});
replayCommand.SetAction((arguments, cancellationToken) =>
{
    var options = new CCApiEmulatorOptions
    {
        Port = arguments.GetValue(port),
        Cassette = arguments.GetValue(cassette)!.FullName,
        CassetteSpeed = arguments.GetValue(speed),
        Log = WriteLine,
    };
    options.ApiKey = arguments.GetValue(key) ?? options.ApiKey;
    return RunAsync(options, script: null, arguments.GetValue(strict), cancellationToken);
});

var parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    await Console.Error.WriteLineAsync(
        string.Join(' ', parsed.Errors.Select(error => error.Message))).ConfigureAwait(false);
    return 1;
}

return await parsed.InvokeAsync().ConfigureAwait(false);

static void WriteLine(string line) =>
    Console.Out.WriteLine($"{DateTime.Now.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}  {line}");

static Uri ParseUpstream(ArgumentResult result)
{
    var text = result.Tokens[0].Value;
    if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
    {
        return address;
    }

    result.AddError($"'{text}' is not an http or https address, such as https://api.ccapi.ai/v1/.");
    return new Uri("http://localhost");
}

static Option<int> Port(string name, string description, int standard) => new(name)
{
    Description = description,
    DefaultValueFactory = _ => standard,
    CustomParser = result =>
    {
        if (ushort.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
        {
            return parsed;
        }

        result.AddError(
            $"'{result.Tokens[0].Value}' is not a port; it must be from 0 to 65535, and 0 takes a free one.");
        return default;
    },
};

static Option<TimeSpan?> Time(string name, string description) => new(name)
{
    Description = description,
    CustomParser = result =>
    {
        if (Duration.TryParse(result.Tokens[0].Value, out var parsed))
        {
            return parsed;
        }

        result.AddError($"'{result.Tokens[0].Value}' is not a duration; write it as 20ms or 1.5s.");
        return default;
    },
};

static async Task<int> RunAsync(
    CCApiEmulatorOptions options, string? script, bool isStrict, CancellationToken cancellationToken)
{
    // Lets the command line take hold of Ctrl+C before the address is printed.
    await Task.Yield();
    try
    {
        var emulator = await CCApiEmulator.StartAsync(options, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            if (script is not null)
            {
                emulator.Script.LoadFile(script);
            }

            emulator.Script.IsStrict |= isStrict;
            await Console.Out.WriteLineAsync($"CCAPI emulator at {emulator.BaseAddress}").ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"API key: {emulator.ApiKey}").ConfigureAwait(false);
            await Console.Out.WriteLineAsync("Stop it with Ctrl+C.\n").ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);

            return 0;
        }
    }
    catch (OperationCanceledException)
    {
        return 0;
    }
    catch (IOException exception) when (exception.InnerException is AddressInUseException)
    {
        var isMedia = options.MediaPort > 0 && exception.Message.Contains($":{options.MediaPort}:", StringComparison.Ordinal);
        var (number, name) = isMedia ? (options.MediaPort, "--media-port") : (options.Port, "--port");
        await Console.Error.WriteLineAsync(
            $"Port {number} is taken: choose another with {name}, or {name} 0 for a free one.").ConfigureAwait(false);

        return 1;
    }
    catch (ArgumentException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
        return 1;
    }
    catch (Exception exception)
        when (exception is EmulatorScriptException or EmulatorCassetteException or IOException or UnauthorizedAccessException)
    {
        await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
        return 1;
    }
    catch (SocketException exception)
    {
        await Console.Error.WriteLineAsync(
            $"Port {options.Port} cannot be used ({exception.Message}): choose another with --port.").ConfigureAwait(false);
        return 1;
    }
}
