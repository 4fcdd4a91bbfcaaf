using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Snippets;

/// <summary>The table of defaults in docs/errors.md has the values of a new options object.</summary>
public class DefaultsTableTests
{
    public static TheoryData<string> Settings => new(Rows().Keys);

    [Theory]
    [MemberData(nameof(Settings))]
    public void Row_OfTheTable_IsTheDefault(string setting)
    {
        var value = setting.Split('.').Aggregate((object)new CCApiClientOptions(), (owner, name) => owner.GetType().GetProperty(name)!.GetValue(owner)!);

        var text = value is TimeSpan time ? time.TotalSeconds.ToString(CultureInfo.InvariantCulture) + " s" : Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant();

        Assert.Equal(Rows()[setting], text);
    }

    [Fact]
    public void Table_HasEveryRetryAndTimeout()
    {
        var expected = typeof(CCApiRetryOptions).GetProperties().Select(property => "Retry." + property.Name)
            .Concat(typeof(CCApiTimeoutOptions).GetProperties().Select(property => "Timeouts." + property.Name));

        Assert.Empty(expected.Except(Rows().Keys));
    }

    private static Dictionary<string, string> Rows() =>
        File.ReadAllLines(Path.Combine(Repository.Root, "docs", "errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .ToDictionary(cells => cells[1].Trim().Trim('`'), cells => cells[2].Trim());
}
