using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Hosting;
using PublicApiGenerator;
using Xunit;

namespace CCApi.Aspire.Tests.Api;

/// <summary>The public API of both packages is written down, so that a change of it is seen in review.</summary>
public class ApprovedApiTests
{
    [Theory]
    [InlineData("CCApi.Aspire", typeof(CCApiAspireExtensions))]
    [InlineData("CCApi.Aspire.Hosting", typeof(CCApiResourceBuilderExtensions))]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne(string name, Type type)
    {
        var root = typeof(ApprovedApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!;
        var approved = Path.Combine(root, "tests", "CCApi.Aspire.Tests", "Api", $"{name}.approved.txt");
        var received = approved.Replace(".approved.txt", ".received.txt", StringComparison.Ordinal);

        var options = new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };
        var actual = type.Assembly.GeneratePublicApi(options).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd() + "\n";

        Assert.Equal(name, type.Assembly.GetName().Name);
        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"The public API is not the approved one. When the change is meant, accept it with:{Environment.NewLine}mv {received} {approved}");
    }
}
