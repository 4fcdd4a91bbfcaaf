using System.CommandLine;
using System.CommandLine.Invocation;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using ImageStudio;
using Samples;

// Prompts become images, and images become others. Without a key it talks to the emulator, which is the gateway on this machine.
var prompts = new Argument<string[]>("prompt")
{
    Description = "What to draw, or how to change the images. Several are generated at once. Default: a demonstration.",
    Arity = ArgumentArity.ZeroOrMore,
};
var sources = new Option<string[]>("--image")
{
    Description = "An image to start from: a file or an address. May be given several times.",
    DefaultValueFactory = _ => [],
};
var mask = new Option<string?>("--mask")
{
    Description = "The mask of the last image: what is transparent in this file, or white for some models, is repainted.",
};
var count = new Option<int>("--count", "-n")
{
    Description = "How many images of each prompt.",
    DefaultValueFactory = _ => 1,
};
var model = new Option<string>("--model")
{
    Description = "The model's id.",
    DefaultValueFactory = _ => "imaginepro/nano-banana",
};
var aspect = new Option<string?>("--aspect") { Description = "The proportion of width to height, such as 16:9." };
var folder = new Option<string>("--out")
{
    Description = "The folder to put them into.",
    DefaultValueFactory = _ => "imagestudio-files",
};
var resume = new Option<string?>("--resume") { Description = "Wait for this job, which an earlier run has started." };

var command = new RootCommand("Generates and edits images, with one job for each prompt.")
{
    prompts, sources, mask, count, model, aspect, folder, resume,
};
command.AddEnvironmentHelp();
command.SetAction(async (arguments, cancellationToken) =>
{
    var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
    Studio? studio = null;

    try
    {
        // Files that are not images, and the like, are found before anything else happens.
        var orders = arguments.GetValue(prompts)!.Select(prompt => Order.Of(prompt, Request(prompt))).ToList();
        if (arguments.GetValue(resume) is { } id)
        {
            orders.Add(Order.Resume(id));
        }

        var hasImage = arguments.GetValue(sources)!.Length > 0 || arguments.GetValue(mask) is not null;
        if (hasImage && orders.Count == 0)
        {
            throw new ArgumentException("Say how to change the image: give a prompt too.");
        }

        var options = new CCApiEmulatorOptions { JobDuration = TimeSpan.FromSeconds(3) };
        await using var emulator = hasKey ? null : await CCApiEmulator.StartAsync(options, cancellationToken);
        using var client = emulator?.CreateClient() ?? CCApiClient.FromEnvironment();

        Console.WriteLine(hasKey
            ? "CCAPI_API_KEY is set: calling the gateway, which charges every image."
            : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");

        studio = new Studio(client.Images, arguments.GetValue(folder)!);
        await (orders.Count == 0 ? Demo.RunAsync(studio, cancellationToken) : studio.MakeAsync(orders, cancellationToken));

        return 0;
    }
    catch (Exception exception) when (exception is CCApiException or ArgumentException or IOException or UnauthorizedAccessException)
    {
        // One line that says what to do; the type and the stack trace are for programs.
        Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("Stopped.");
    }

    // Jobs do not end with the program that waits for them.
    foreach (var id in hasKey ? studio?.Unfinished ?? [] : [])
    {
        Console.Error.WriteLine($"What became of job {id}: run this again with --resume {id}");
    }

    return 1;

    MultimodalImageGenerationRequest Request(string prompt)
    {
        var request = MultimodalImageGenerationRequest.FromPrompt(prompt)
            .WithModel(arguments.GetValue(model)!)
            .WithCount(arguments.GetValue(count));

        foreach (var source in arguments.GetValue(sources)!)
        {
            request.WithImage(source);
        }

        if (arguments.GetValue(mask) is { } marked)
        {
            request.WithMask(marked);
        }

        if (arguments.GetValue(aspect) is { } ratio)
        {
            request.WithAspectRatio(ratio);
        }

        return request;
    }
});

var parsed = command.Parse(args);
if (parsed.Action is ParseErrorAction)
{
    Console.Error.WriteLine(string.Join(' ', parsed.Errors.Select(error => error.Message)));
    return 1;
}

return await parsed.InvokeAsync();
