using Aspire.Hosting;

var builder = DistributedApplication.CreateBuilder(args);

var ccapi = builder.AddCcApi("ccapi").RunAsEmulator();
builder.AddProject<Projects.CCApi_Aspire_Web>("web", launchProfileName: null)
    .WithHttpEndpoint()
    .WithReference(ccapi)
    .WaitFor(ccapi);

await builder.Build().RunAsync();
