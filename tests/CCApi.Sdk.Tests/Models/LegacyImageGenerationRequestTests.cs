using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Models;

public class LegacyImageGenerationRequestTests
{
    [Fact]
    public void With_AnotherModel_IsACopy()
    {
        IModelChoice request = new LegacyImageGenerationRequest { Model = "a", Prompt = "Hi" };

        Assert.Equal("""{"model":"b","prompt":"Hi"}""", Wire.Write(request.With("b")));
        Assert.Equal("a", request.Model);
    }
}
