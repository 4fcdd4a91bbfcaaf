using System.Linq;
using Xunit;

namespace CCApi.Sdk.Bulk.Tests.Items;

public class FileNameTests
{
    [Fact]
    public void Of_APlainId_IsTheId() => Assert.Equal("item-0001_a", FileName.Of("item-0001_a"));

    [Fact]
    public void Of_DifferentIds_AreDifferentAndPlain()
    {
        string[] ids = ["../../etc", "a/b", "a_b", "A_B", "con", "CON", "a.b", new string('x', 256), new string('x', 255), "ä", "a b"];

        var names = ids.Select(FileName.Of).ToList();

        Assert.Equal(ids.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9_-]{1,120}$", name));
    }
}
