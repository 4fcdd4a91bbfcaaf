using System.Security.Cryptography;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Models;
using Microsoft.Extensions.FileProviders;
using Samples;
using WebGateway;

// A page that shows a response while it is received, and an image when its webhook is received. Without a key it talks to
// the emulator, which is the gateway on this machine.
if (SampleHelp.TryWrite(
    args,
    "Serves a page with a chat that is streamed, and images that are announced by a webhook.",
    "[options]",
    ("--urls <address>", "Where to listen. Default: http://127.0.0.1:5080; port 0 takes a free one."),
    ("--public <address>", "The https address that leads here from the gateway, for its webhooks. Needed for images with a key."),
    ("--telemetry", "Print spans and metrics, or send them to OTEL_EXPORTER_OTLP_ENDPOINT.")))
{
    return 0;
}

var hasKey = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CCAPI_API_KEY"));
try
{
    await using var emulator = hasKey
        ? null
        : await CCApiEmulator.StartAsync(new CCApiEmulatorOptions
        {
            Latency = TimeSpan.FromMilliseconds(40),
            JobDuration = TimeSpan.FromSeconds(2),
        });

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions
    {
        Args = [.. args.Where(argument => argument != "--telemetry")],
        ContentRootPath = AppContext.BaseDirectory,
    });
    builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:5080");
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.Services.AddSingleton<Gallery>();

    // Another site whose name leads to this machine could make paid calls (DNS rebinding).
    builder.Services.AddHostFiltering(filter => filter.AllowedHosts = Hosts.Allowed(builder.Configuration));
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
    builder.Services.AddCcApi(options =>
    {
        if (emulator is not null)
        {
            (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress);
        }
    });

    if (args.Contains("--telemetry"))
    {
        builder.AddTelemetry();
    }

    await using var app = builder.Build();
    var gallery = app.Services.GetRequiredService<Gallery>();
    var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    var origin = builder.Configuration["public"];

    app.Use(next => context => SecurityHeaders.AddAsync(context, next));
    app.UseHostFiltering();
    app.UseDefaultFiles();
    app.UseStaticFiles();
    app.UseStaticFiles(new StaticFileOptions
    {
        RequestPath = Gallery.Path,
        FileProvider = new PhysicalFileProvider(gallery.Folder.FullName),
    });
    app.Use(next => context => Failures.WriteAsync(context, next));

    // It passes the token of the request on to the stream, so that a page that is closed ends the call.
    app.MapPost(
        "/chat",
        (Ask ask, ChatClient chat) => TypedResults.ServerSentEvents(
            chat.StreamAsync(ask.Model, ask.Prompt).ReadTextAsync()));

    app.MapPost("/images", async (Ask ask, ImagesClient images, CancellationToken cancellationToken) =>
    {
        if (hasKey && origin is null)
        {
            return Results.Text(
                "The gateway cannot call this machine: start the sample with --public and an https address that leads here.",
                statusCode: StatusCodes.Status409Conflict);
        }

        var request = new MultimodalImageGenerationRequest
        {
            Model = ask.Model,
            Contents = [new MultimodalInputContent { Text = ask.Prompt }],
            Parameters = new MultimodalImageParameters { AspectRatio = "16:9" },
            WebhookUrl = $"{(origin ?? app.Urls.First()).TrimEnd('/')}/hooks/ccapi?secret={secret}",
        };
        var job = await images.StartAsync(request, cancellationToken: cancellationToken);
        gallery.Add(job.Id!);

        return Results.Json(new { job.Id });
    });

    app.MapGet("/images/{id}", async (string id, CancellationToken cancellationToken) =>
        await gallery.WaitAsync(id, cancellationToken) is { } landing ? Results.Json(landing) : Results.NotFound());

    app.MapCcApiWebhooks("/hooks/ccapi", gallery.LandAsync, options => options.Secret = secret);

    await app.StartAsync();
    Console.WriteLine(hasKey
        ? "CCAPI_API_KEY is set: calling the gateway, which costs a few cents."
        : $"CCAPI_API_KEY is not set: calling the emulator at {emulator!.BaseAddress}, which costs nothing.");
    Console.WriteLine($"Open {app.Urls.First()}");
    Console.WriteLine("Stop it with Ctrl+C.");
    await app.WaitForShutdownAsync();

    return 0;
}
catch (Exception exception)
    when (exception is CCApiException or ArgumentException or IOException or Microsoft.Extensions.Options.OptionsValidationException)
{
    // One line that says what to do, such as that the port is taken (--urls http://127.0.0.1:0 takes a free one); the stack trace
    // is for programs.
    Console.Error.WriteLine(exception.Message.ReplaceLineEndings(" "));
    return 1;
}
