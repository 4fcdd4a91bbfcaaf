using System;
using System.Collections;
using System.Linq;
using CCApi.Sdk.Models;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

public class SavedImagesTests
{
    [Fact]
    public void List_OfPaths_IsThePathsAndHasAllImages()
    {
        ImageDatum[] images = [new(), new(), new()];

        var saved = new SavedImages(["a", "b"], images);

        Assert.Equal(["a", "b"], saved);
        Assert.Equal(["a", "b"], ((IEnumerable)saved).Cast<string>());
        Assert.Equal(2, saved.Count);
        Assert.Equal("b", saved[1]);
        Assert.Same(images, saved.Images);
    }

    [Fact]
    public void Create_OfNull_NamesTheParameter()
    {
        Assert.Throws<ArgumentNullException>("paths", () => new SavedImages(null!, []));
        Assert.Throws<ArgumentNullException>("images", () => new SavedImages([], null!));
    }
}
