using CCApi.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddCcApiClient("ccapi");
var app = builder.Build();

app.MapGet("/ask", async (string prompt, ChatClient chat) => (await chat.CompleteAsync("openai/gpt-4o-mini", prompt)).Text);
app.MapHealthChecks("/health");

await app.RunAsync();
