using System;
using System.IO;
using CCApi.Emulator.Tests.Support;
using PublicApiGenerator;
using Xunit;

namespace CCApi.Emulator.Tests.Api;

/// <summary>The public API is written down, so that a change of it is seen in review; it is the same on every framework.</summary>
public class ApprovedApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne()
    {
        var approved = Path.Combine(Repository.Root, "tests", "CCApi.Emulator.Tests", "Api", "CCApi.Emulator.approved.txt");
        var received = approved.Replace(".approved.txt", ".received.txt", StringComparison.Ordinal);

        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false };
        var actual = typeof(CCApiEmulator).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"The public API is not the approved one. Compare the two files; when the change is meant, accept it with:{Environment.NewLine}mv {received} {approved}");
    }
}
