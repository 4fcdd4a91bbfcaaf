using System;
using System.IO;
using CCApi.Sdk.Extensions.AI.Tests.Support;
using PublicApiGenerator;
using Xunit;

namespace CCApi.Sdk.Extensions.AI.Tests.Api;

/// <summary>The public API is written down, so that a change of it is seen in review.</summary>
public class ApprovedApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne()
    {
        var approved = Path.Combine(Repository.Root, "tests", "CCApi.Sdk.Extensions.AI.Tests", "Api", "CCApi.Sdk.Extensions.AI.approved.txt");
        var received = approved.Replace(".approved.txt", ".received.txt", StringComparison.Ordinal);

        // Otherwise what is in a namespace of the framework is left out.
        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };
        var actual = typeof(Microsoft.Extensions.AI.CCApiAIExtensions).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"The public API is not the approved one. Compare the two files; when the change is meant, accept it with:{Environment.NewLine}mv {received} {approved}");
    }
}
