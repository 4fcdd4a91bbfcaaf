using System;
using System.IO;
using System.Linq;
using CCApi.Docs.Tests.Support;
using CCApi.Emulator;
using CCApi.Sdk;
using CCApi.Sdk.Bulk;
using CCApi.Sdk.Caching;
using CCApi.Sdk.Orleans;
using Xunit;

namespace CCApi.Docs.Tests;

/// <summary>docs/settings.md has every setting with its default.</summary>
public class SettingsPageTests
{
    private const string Page = "docs/settings.md";

    [Fact]
    public void Page_IsWhatTheCodeSays()
    {
        var written = SettingsPage.Write();
        if (Environment.GetEnvironmentVariable("CCAPI_ACCEPT_DOCS") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Page), written);
        }

        Assert.True(Guide.Read(Page) == written, $"{Page} is not what the code says: tests/docs.sh --accept writes it again.");
    }

    [Fact]
    public void Page_HasEveryOptionsType()
    {
        var assemblies = new[] { typeof(CCApiClient), typeof(BulkRunner), typeof(FleetOptions), typeof(MediaCache), typeof(CCApiWebhookOptions), typeof(CCApiEmulator) };
        var options = assemblies.SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace != "CCApi.Sdk.Models");

        Assert.Empty(options.Except(SettingsPage.Types));
    }
}
