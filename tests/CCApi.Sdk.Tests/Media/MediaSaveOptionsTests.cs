using System;
using Xunit;

namespace CCApi.Sdk.Tests.Media;

public class MediaSaveOptionsTests
{
    [Fact]
    public void Create_ReplacesNothingAndHasNoLimit()
    {
        var options = new MediaSaveOptions();

        Assert.False(options.Overwrite);
        Assert.Null(options.MaxBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Check_OfALimitThatNothingFits_NamesIt(long maxBytes)
    {
        var options = new MediaSaveOptions { MaxBytes = maxBytes };

        var exception = Assert.Throws<ArgumentException>(() => options.Check("saveOptions"));

        Assert.Contains("MaxBytes must be more than 0", exception.Message, StringComparison.Ordinal);
        Assert.Equal("saveOptions", exception.ParamName);
    }

    [Fact]
    public void Check_OfALimit_Passes()
    {
        var options = new MediaSaveOptions { MaxBytes = 1 };

        options.Check("saveOptions");

        Assert.Equal(1, options.MaxBytes);
    }
}
