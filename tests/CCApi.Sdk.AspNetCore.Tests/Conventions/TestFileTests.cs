using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CCApi.Sdk.AspNetCore.Tests.Support;
using Xunit;

namespace CCApi.Sdk.AspNetCore.Tests.Conventions;

/// <summary>A stranger finds the tests of a file by its name.</summary>
public class TestFileTests
{
    private static readonly Dictionary<string, string> _exempt = new(StringComparer.Ordinal)
    {
        ["CCApiWebhookOptions"] = "settings without code; WebhookOptionsRulesTests checks them",
        ["WebhookLog"] = "messages; WebhookEndpointTests sees each",
        ["WebhookSecret"] = "one comparison; WebhookEndpointTests goes through what may be wrong",
    };

    [Fact]
    public void SourceFiles_HaveATestFile()
    {
        var tests = Names("tests/CCApi.Sdk.AspNetCore.Tests");

        var offenders = Names("src/CCApi.Sdk.AspNetCore").Where(name => _exempt.ContainsKey(name) == tests.Contains($"{name}Tests"));

        Assert.Empty(offenders);
    }

    [Fact]
    public void ExemptFiles_Exist() => Assert.Empty(_exempt.Keys.Except(Names("src/CCApi.Sdk.AspNetCore")));

    private static HashSet<string> Names(string project) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, project), "*.cs").Select(file => Path.GetFileNameWithoutExtension(file))];
}
