using System;
using System.Globalization;
using CCApi.Sdk;
using CCApi.Sdk.KillApp;
using CCApi.Sdk.Models;

// Says at every step where it is, so that a test knows when to kill it.
using var client = new CCApiClient(new CCApiClientOptions { ApiKey = "sk-test-0123456789", BaseAddress = new Uri(args[1]) });
var waitOptions = new ImageJobWaitOptions { MaxDelay = TimeSpan.FromMilliseconds(10) };
var states = new ConsoleProgress<MultimodalImageGenerationResponse>(state => $"state {state.Status}");
switch (args[0])
{
    case "start":
        var job = await client.Images.StartAsync(MultimodalImageGenerationRequest.FromPrompt("A fox."));
        Console.WriteLine($"job {job.Id}");
        await job.WaitAsync(states, waitOptions);
        Console.WriteLine("done");
        break;

    case "resume":
        var done = await client.Images.ResumeJob(args[2]).WaitAsync(states, waitOptions);
        Console.WriteLine($"saved {await client.Images.SaveAsync(done.Data![0], args[3])}");
        break;

    case "save":
        var bytes = new ConsoleProgress<long>(written => string.Create(CultureInfo.InvariantCulture, $"bytes {written}"));
        var saveOptions = new MediaSaveOptions { Overwrite = args[4] == "overwrite", Progress = args[4] == "quiet" ? null : bytes };
        Console.WriteLine($"saved {await client.Images.SaveAsync(new ImageDatum { Url = args[2] }, args[3], saveOptions)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated {GC.GetTotalAllocatedBytes(precise: true)}"));
        break;

    default:
        return 2;
}

return 0;
