using CCApi.Sdk;

var builder = WebApplication.CreateBuilder(args);

// The key: CCAPI_API_KEY, user secrets or CCApi:ApiKey.
builder.Services.AddCcApi();
builder.Services.AddHealthChecks().AddCcApi();
builder.Services.AddProblemDetails();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapHealthChecks("/health");

// GET /chat?prompt=Hello streams the text as server-sent events.
app.MapGet("/chat", (string prompt, ChatClient chat, CancellationToken cancellationToken) =>
    TypedResults.ServerSentEvents(chat.StreamAsync("openai/gpt-4o-mini", prompt).ReadTextAsync(cancellationToken)));

// GET /images?prompt=A+fox returns the image.
app.MapGet("/images", async (string prompt, ImagesClient images, CancellationToken cancellationToken) =>
{
    var response = await images.GenerateAsync("stabilityai/stable-diffusion-xl-1024-v1-0", prompt, cancellationToken: cancellationToken);
    var image = await images.OpenReadAsync(response.Data![0], cancellationToken: cancellationToken);
    return TypedResults.Stream(image, image.MediaType ?? "application/octet-stream");
});

app.Run();
