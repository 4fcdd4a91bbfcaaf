using System;
using System.IO;
using System.Linq;
using System.Reflection;
using PublicApiGenerator;
using Xunit;

namespace CCApi.Sdk.Orleans.Tests.Api;

/// <summary>The public API is written down, so that a change of it is seen in review.</summary>
public class ApprovedApiTests
{
    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne()
    {
        var root = typeof(ApprovedApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        var approved = Path.Combine(root, "tests", "CCApi.Sdk.Orleans.Tests", "Api", "CCApi.Sdk.Orleans.approved.txt");
        var received = approved.Replace(".approved.txt", ".received.txt", StringComparison.Ordinal);

        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = ["OrleansCodeGen"] };
        var actual = typeof(CCApiFleet).Assembly.GeneratePublicApi(options).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd() + "\n";

        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"The public API is not the approved one. When the change is meant, accept it with:{Environment.NewLine}mv {received} {approved}");
    }
}
