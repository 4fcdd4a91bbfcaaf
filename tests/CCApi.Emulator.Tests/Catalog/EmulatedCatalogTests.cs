using System.Linq;
using Xunit;

namespace CCApi.Emulator.Tests.Catalog;

public class EmulatedCatalogTests
{
    [Fact]
    public void Models_OfTheCatalog_AreOfItsProviders()
    {
        var offenders = EmulatedCatalog.Models.Where(model => !EmulatedCatalog.Providers.ContainsKey(model.Provider));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Models_OfTheCatalog_AllCostSomething()
    {
        var offenders = EmulatedCatalog.Models.Where(model => model.Price.Input + model.Price.Output <= 0);

        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("openai/GPT-4o-mini", "openai/gpt-4o-mini")]
    [InlineData("gpt-4o-mini", null)]
    [InlineData(null, null)]
    public void Find_OfAnId_IgnoresCase(string? id, string? found)
    {
        var model = EmulatedCatalog.Find(id);

        Assert.Equal(found, model?.Id);
    }
}
