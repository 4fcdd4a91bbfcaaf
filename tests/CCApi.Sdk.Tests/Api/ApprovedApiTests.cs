using System;
using System.IO;
using System.Reflection;
using System.Runtime.Versioning;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using PublicApiGenerator;
using Xunit;

namespace CCApi.Sdk.Tests.Api;

/// <summary>The public API is written down, one file per target framework, so that a change of it is seen in review.</summary>
public class ApprovedApiTests
{
    private static readonly Assembly _assembly = typeof(ChatMessage).Assembly;

    private static readonly ApiGeneratorOptions _options = new()
    {
        IncludeAssemblyAttributes = false,
        // Every type names its own nested converter, which is listed itself.
        ExcludeAttributes = ["System.Text.Json.Serialization.JsonConverterAttribute"],
    };

    [Fact]
    public void PublicApi_OfTheAssembly_IsTheApprovedOne()
    {
        var approved = Path.Combine(Repository.Root, "tests", "CCApi.Sdk.Tests", "Api", $"CCApi.Sdk.{TargetFramework()}.approved.txt");
        var received = approved.Replace(".approved.txt", ".received.txt");

        var actual = _assembly.GeneratePublicApi(_options).Replace("\r\n", "\n").TrimEnd() + "\n";

        if (File.Exists(approved) && File.ReadAllText(approved) == actual)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, actual);
        Assert.Fail($"The public API is not the approved one. Compare the two files; when the change is meant, accept it with:{Environment.NewLine}mv {received} {approved}");
    }

    /// <summary>The framework that the library was built for, in the short form of project files.</summary>
    private static string TargetFramework()
    {
        var name = new FrameworkName(_assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
        return name.Identifier == ".NETStandard" ? $"netstandard{name.Version}" : $"net{name.Version}";
    }
}
