using Xunit;

namespace CCApi.Sdk.Tests.Images;

public class ImageJobIdTests
{
    [Theory]
    [InlineData("/v1/images/jobs/job_3fW8", "job_3fW8")]
    [InlineData("https://api.ccapi.ai/v1/images/jobs/job_3fW8", "job_3fW8")]
    [InlineData("https://elsewhere.example.com/images/jobs/job_3fW8/", "job_3fW8")]
    [InlineData("images/jobs/job_3fW8?x=1", "job_3fW8")]
    [InlineData("images/jobs/job_3fW8#x", "job_3fW8")]
    [InlineData("Images/Jobs/job_3fW8/status", "job_3fW8")]
    [InlineData("/images/jobs/a%2Fb%20c", "a/b c")]
    [InlineData("/images/jobs/job_3fW8?next=/images/jobs/other", "job_3fW8")]
    [InlineData("/images/jobs/", null)]
    [InlineData("/images/jobs/?id=1", null)]
    [InlineData("/images/jobs/%20", null)]
    [InlineData("/tasks/job_3fW8", null)]
    [InlineData("?x=images/jobs/job_3fW8", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void FromPollUrl_OfAnAddress_FindsTheId(string? pollUrl, string? expected)
    {
        var id = ImageJobId.FromPollUrl(pollUrl);

        Assert.Equal(expected, id);
    }
}
