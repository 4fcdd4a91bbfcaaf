using System.CommandLine;
using System.CommandLine.Invocation;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Samples;
using SpeakFile;

// A text file becomes a speech file, or several that are numbered when the text is long. Without a key it talks to the emulator,
// which is the gateway on this machine.
var file = new Argument<FileInfo?>("file")
{
    Description = "The text, in UTF-8. Default: a text that comes with the sample.",
    Arity = ArgumentArity.ZeroOrOne,
};
var voice = new Option<string>("--voice")
{
    Description = "The voice; the names depend on the model.",
    DefaultValueFactory = _ => "aria",
};
var model = new Option<string>("--model")
{
    Description = "The model's id.",
    DefaultValueFactory = _ => "elevenlabs/eleven_turbo_v2",
};
var format = new Option<string>("--format")
{
    Description = "mp3, wav, opus, or another format of the model.",
    DefaultValueFactory = _ => "mp3",
};
var target = new Option<string?>("--out")
{
    Description = "Where to put it: a name, with or without an extension, or a folder. Default: beside the text.",
};
var most = new Option<int?>("--piece")
{
    Description = $"The most characters of one call. Default: {TextPieces.Most}, because many gateways reject more.",
};
var overwrite = new Option<bool>("--overwrite") { Description = "Replace files that exist." };

var command = new RootCommand("Synthesizes speech from a text file, in one file or in several.")
{
    file, voice, model, format, target, most, overwrite,
};
command.AddEnvironmentHelp();
command.SetAction(async (arguments, cancellationToken) =>
{
    var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
    try
    {
        var source = arguments.GetValue(file);
        var isDemo = source is null && arguments.GetValue(target) is null;
        var text = source is null ? DemoText.Value : Speaker.Read(source);
        var usual = source is null ? DemoText.Piece : TextPieces.Most;
        var pieces = TextPieces.Split(text, arguments.GetValue(most) ?? usual);
        var path = Speaker.PathFor(source, arguments.GetValue(target));
        var request = new AudioSpeechRequest
        {
            Model = arguments.GetValue(model)!,
            Input = text,
            Voice = arguments.GetValue(voice)!,
            OutputFormat = arguments.GetValue(format),
        };

        // Raw and slow, so that there is something to watch.
        var options = new CCApiEmulatorOptions { RawSpeech = true, Latency = TimeSpan.FromMilliseconds(10) };
        await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync(options, cancellationToken);
        using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();

        Console.WriteLine(hasKey
            ? $"CCAPI_API_KEY is set: calling the gateway. {text.Length:#,0} characters in {pieces.Count} calls will be charged."
            : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");

        await Speaker.SpeakAsync(
            client.Audio, request, pieces, path, isDemo || arguments.GetValue(overwrite), cancellationToken);
        return 0;
    }
    catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException or UnauthorizedAccessException)
    {
        // One line that says what to do; the type and the stack trace are for programs.
        Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
        return 1;
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Stopped. Files that were finished are whole; nothing else was left.");
        return 1;
    }
});

var parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    Console.Error.WriteLine(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

return await parsed.InvokeAsync();
