using BrowserChat;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

// A chat that runs in the browser. The address and the key are in wwwroot/appsettings.json, which everybody can read: they are those of
// the emulator, ccapi-emulator --port 8787 --allow-origin http://localhost:5000
var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.Services.AddCcApi();

await builder.Build().RunAsync();
