using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class AudioSpeechRequestTests
{
    [Fact]
    public void With_AnotherModel_IsACopy()
    {
        IModelChoice request = new AudioSpeechRequest { Model = "a", Input = "Hi" };

        Assert.Equal("""{"model":"b","input":"Hi"}""", Wire.Write(request.With("b")));
        Assert.Equal("a", request.Model);
    }
}
