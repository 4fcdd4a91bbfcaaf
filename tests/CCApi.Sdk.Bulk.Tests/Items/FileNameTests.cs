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
        string[] ids = ["../../etc", "a/b", "a_b", "A_B", "con", "CON", "a.b", "a--b", "item-1--2", new string('x', 256), new string('x', 255), "ä", "a b"];

        var names = ids.Select(FileName.Of).ToList();

        Assert.Equal(ids.Length, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches("^[A-Za-z0-9_-]{1,120}$", name));
    }

    [Theory]
    [InlineData("item", "item-2")]
    [InlineData("item", "item--2")]
    [InlineData("item-", "item-2")]
    [InlineData("item-", "item---2")]
    [InlineData("item-1", "item-1-2")]
    [InlineData("a b", "a_b-2")]
    public void Numbered_OfSeveralImages_IsNeverTheNameOfAnotherItem(string id, string other)
    {
        var name = FileName.Numbered(FileName.Of(id), number: 2);

        Assert.NotEqual(FileName.Of(other), name);
        Assert.NotEqual(FileName.Numbered(FileName.Of(other), number: 2), name);
    }

    [Fact]
    public void Of_AnIdThatIsTheNameOfAnotherOne_IsDifferent()
    {
        var taken = FileName.Of("a b");

        Assert.NotEqual(taken, FileName.Of(taken));
    }
}
